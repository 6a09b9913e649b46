/** The stream of the organisation, which every employee is told. */
export const ORGANISATION = '00000000-0000-4000-8000-000000000001';
