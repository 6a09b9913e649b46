"""What is read on a control is part of its name (WCAG 2.5.3): who speaks to a computer says what they see."""

from playwright.async_api import expect

from tests.browser.people import Browsers
from tests.browser.whole_app import whole_app

# Also of what is folded away or shown on other windows only. Pictures, initials and counts are no words.
UNSAID = """
    () => {
      const plain = text => text.replace(/[\\s\\u00a0\\u202f]+/g, ' ').trim().toLowerCase();
      const texts = (root, skipped) => {
        const found = [];
        const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode())
          if (!node.parentElement.closest(skipped)) found.push(node.data);
        return plain(found.join(' '));
      };
      const wordless = 'svg, .avatar, .initials, .badge.count, select *';
      const seen = root => texts(root, `${wordless}, .visually-hidden, .help, .aside`);
      const labelled = each => plain((each.getAttribute('aria-labelledby') ?? '').split(' ')
        .map(id => document.getElementById(id)?.textContent ?? '').join(' '));
      const named = each => labelled(each) || plain(each.getAttribute('aria-label') ?? '');
      const spoken = each => [texts(each, '[aria-hidden=true]'), ...[...each.querySelectorAll('[role=img][aria-label]')]
        .map(picture => plain(picture.getAttribute('aria-label')))].join(' ');
      const wrong = [];
      // A menu is filled when it opens.
      for (const menu of document.querySelectorAll('[popover]:not(:popover-open)')) {
        menu.showPopover();
        menu.hidePopover();
      }
      for (const each of document.querySelectorAll('a[href], button, summary, [role=tab], [role=menuitem]')) {
        const [read, name] = [seen(each), named(each) || spoken(each)];
        if (/\\p{L}/u.test(read) && !name.includes(read)) wrong.push(`${read} → ${name}`);
      }
      for (const each of document.querySelectorAll('input, select, textarea')) {
        const [read, name] = [[...(each.labels ?? [])].map(seen).join(' '), named(each)];
        if (name && /\\p{L}/u.test(read) && !name.includes(read)) wrong.push(`${read} → ${name}`);
      }
      return wrong;
    }
"""


async def test_what_is_read_on_a_control_is_part_of_its_name(browsers: Browsers) -> None:
    app = await whole_app(browsers)
    unsaid: dict[str, str] = {}
    for language in ("en", "ru"):
        await app.speak(language)
        for path in app.all:
            await app.go(path)
            unsaid.update((each, path) for each in await app.page.evaluate(UNSAID))

        stranger = await (await browsers.browser(language=language)).new_page()
        for path in ("/", "/partners", "/sign-in", f"/partner/{browsers.installation.bookshop}"):
            await stranger.goto(path)
            await expect(stranger.locator("h1").first).to_be_visible()
            await expect(stranger.locator("main .skeleton")).to_have_count(0)
            unsaid.update((each, path) for each in await stranger.evaluate(UNSAID))
    assert not unsaid, "\n".join(map(str, unsaid.items()))
