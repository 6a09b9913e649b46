// Shows notifications while no page is open, and leads to the right page when one is pressed. It stores nothing and
// answers no requests: pages come from the server as ever.
self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('push', (event) => {
  const said = read(event.data);
  event.waitUntil(
    self.registration.showNotification(said.title || 'Estafette', {
      body: said.text || '',
      tag: said.topic || undefined,
      icon: '/notification.png',
      badge: '/notification-badge.png',
      data: { url: ours(said.url) },
    }),
  );
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open((event.notification.data && event.notification.data.url) || '/'));
});

// The push service has made the subscription anew: without telling the server, nothing would come any more.
self.addEventListener('pushsubscriptionchange', (event) => {
  const former = event.oldSubscription;
  if (!former) return;
  const made = self.registration.pushManager.subscribe(former.options);
  event.waitUntil(made.then((fresh) => (isForNews() ? renewNews(former, fresh) : renew(former.endpoint, fresh))));
});

// News have a registration of their own, of nobody in particular: the secret of the former subscription says whose it was.
function isForNews() {
  return new URL(self.registration.scope || '/', self.location.origin).pathname === '/news/';
}

async function renewNews(former, subscription) {
  const { endpoint, keys } = subscription.toJSON();
  const old = former.toJSON();
  const replaces = old.keys ? { endpoint: old.endpoint, auth: old.keys.auth } : null;
  await ask('POST', '', { endpoint, keys, replaces }, 'broadcast-subscriptions');
}

async function renew(endpoint, subscription) {
  const known = ((await ask('GET')) || { items: [] }).items.find((each) => each.endpoint === endpoint);
  const { endpoint: fresh, keys } = subscription.toJSON();
  await ask('POST', '', { endpoint: fresh, keys, label: (known && known.label) || '' });
  if (known && fresh !== endpoint) await ask('DELETE', `/${known.id}`);
}

async function ask(method, path = '', body = undefined, kind = 'subscriptions') {
  const answer = await fetch(`/api/v1/push/${kind}${path}`, {
    method,
    headers: body ? { 'Content-Type': 'application/json' } : {},
    credentials: 'same-origin',
    body: body && JSON.stringify(body),
  });
  return answer.ok && answer.status !== 204 ? answer.json() : null;
}

function read(data) {
  if (!data) return {};
  try {
    const said = data.json();
    return said && typeof said === 'object' ? said : { text: String(said) };
  } catch (_) {
    return { text: data.text() };
  }
}

// Only paths of this server are opened, whatever a message says.
function ours(url) {
  try {
    const found = new URL(url || '/', self.location.origin);
    return found.origin === self.location.origin ? found.pathname + found.search + found.hash : '/';
  } catch (_) {
    return '/';
  }
}

// A page of the app that is open already is led there by itself, so that nothing half written is lost. A file or the
// documentation in a tab of its own hears nothing: it stays as it is.
async function open(url) {
  const pages = (await self.clients.matchAll({ type: 'window', includeUncontrolled: true })).filter(({ url: at }) => isOfTheApp(at));
  const page = pages.find((each) => each.focused) || pages.find((each) => each.visibilityState === 'visible') || pages[0];
  if (!page) return self.clients.openWindow(url);
  page.postMessage({ type: 'open', url });
  return page.focus();
}

function isOfTheApp(address) {
  return !/^\/(api|docs|openapi\.json|healthz|readyz|metrics)(\/|$)/.test(new URL(address).pathname);
}
