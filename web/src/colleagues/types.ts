/** Employees as the directory shows them. */
import type { Card, Id, OpeningSpan } from '../core/types.ts';

export interface Colleague {
  id: Id;
  name: string;
  picture: Id | null;
  email: string;
  title: string;
  department: string;
  manager: Card | null;
  /** At work, E.164. */
  phone: string | null;
  working_hours: OpeningSpan[];
  time_zone: string;
}

/** A colleague of one's contact list. */
export interface Contact {
  person: Colleague;
  is_favourite: boolean;
}

export interface Department {
  name: string;
  people: number;
}
