/** Employees as the directory shows them. */
import type { Card, Id, Iso, OpeningSpan } from '../core/types.ts';

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
  /** By the clock of `time_zone`. */
  working_hours: OpeningSpan[];
  time_zone: string;
  /** Of who works here no more; no list holds them. */
  deactivated_at: Iso | null;
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

/** What is sent of a colleague who changes; what is left out stays. */
export interface ColleagueChanges extends Partial<Pick<Colleague, 'title' | 'department' | 'phone' | 'working_hours' | 'time_zone'>> {
  manager_id?: Id | null;
}
