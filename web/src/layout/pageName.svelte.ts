/** The name of the present page, and how much is unread, for the window title. */
class PageName {
  current = $state('');
  unread = $state(0);
}

export const pageName = new PageName();
