/** The name of the present page, for the window title. */
class PageName {
  current = $state('');
}

export const pageName = new PageName();
