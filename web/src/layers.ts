/**
 * The folders of the web app from top to bottom. A file imports from its own folder and from lines below its own, never
 * from a line above and never from a neighbour on the same line; `layers.test.ts` fails otherwise. What a lower folder
 * needs of an upper one is handed to it: as a prop, a snippet or a function.
 */
export const layers = [
  ['.'], //                                            main, App, and which page an address shows
  ['shell', 'landing', 'storefront'], //               around every page; what strangers see first
  ['chats'], //                                        the messenger of colleagues
  ['search'], //                                       the page on which everything is found
  ['conversations', 'partners', 'administration', 'communications'], // inboxes and threads; a partner's settings; an administrator's pages; what is sent to clients
  ['requests', 'gateways', 'clients', 'documents'], // contact requests; ways out to phones, mailboxes and browsers; the register of clients; documents of other systems
  ['notifications', 'invitations'], //                 the bell and its settings; links into a team
  ['accounts', 'adverts', 'deliveries', 'colleagues'], // one's own account; what partners offer; through gateways; who works here
  ['push', 'opening', 'presence'], //                  this browser as a device that can be notified; when partners are open; who is there
  ['layout'], //                                       what pages of several folders have around them: title, width, tabs
  ['emoji'], //                                        choosing an emoji
  ['ui'], //                                           buttons, fields, dialogs, lists; no product words
  ['routing'], //                                      the address bar as state, and the addresses of all pages
  ['core', 'i18n', 'styles'], //                       server, live connection and stores; four languages; tokens
];
