"""The look of the page: the tokens of the web app, as far as one page needs them, since it loads nothing else."""

from typing import Final

STYLE: Final = """
:root { color-scheme: light dark; --page: light-dark(#f6f5f7, #0d0b0f); --surface: light-dark(#fff, #19171c);
  --line: light-dark(#e7e4ea, #2b2730); --text: light-dark(#1c191f, #eeebf0); --soft: light-dark(#635d69, #a9a2b0);
  --fill: #d0216f; --fill-hover: light-dark(#b51a60, #d92878); --link: light-dark(#c81e6a, #f583bd);
  --hover: light-dark(#efedf1, #29262e); --done: light-dark(#14713f, #5fcf92);
  --done-soft: light-dark(#eaf7ef, #14291d); --control: light-dark(#8d8695, #7b7484); }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100dvh; display: grid; grid-template-rows: auto 1fr auto; background: var(--page);
  color: var(--text); font: 16px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', Arial, sans-serif; }
header, nav { display: flex; flex-wrap: wrap; align-items: center; justify-content: center; gap: 8px 16px;
  padding: 24px 16px; font-size: 14px; color: var(--soft); overflow-wrap: anywhere; }
header { gap: 8px; }
main { width: min(100% - 32px, 560px); margin: 0 auto; align-self: center; padding: clamp(24px, 5vw, 40px);
  background: var(--surface); border: 1px solid var(--line); border-radius: 16px; }
h1 { margin: 0 0 8px; font-size: clamp(1.5rem, 1.3rem + 1vw, 1.75rem); line-height: 1.25; font-weight: 650;
  text-wrap: balance; }
p { margin: 0 0 24px; color: var(--soft); }
p.done { margin: 0 0 24px; padding: 12px 16px; border-radius: 10px; background: var(--done-soft); color: var(--done); }
p.done::before { content: '✓ '; font-weight: 650; }
p.foot { margin: 24px 0 0; font-size: 14px; }
label { display: flex; gap: 12px; padding: 16px 0; border-top: 1px solid var(--line); cursor: pointer; }
label span { flex: 1; min-width: 0; }
label b { font-weight: 500; }
label i { font-style: normal; color: var(--soft); overflow-wrap: anywhere; }
label small { display: block; font-size: 14px; color: var(--soft); }
input[type='checkbox'] { flex: none; width: 24px; height: 24px; margin: 0; accent-color: var(--fill); cursor: pointer; }
.buttons { display: flex; flex-wrap: wrap; gap: 12px; padding-top: 24px; border-top: 1px solid var(--line); }
button { flex: 1 1 auto; min-height: 44px; padding: 8px 20px; border: 1px solid var(--control); border-radius: 10px;
  background: none; color: var(--text); font: inherit; font-weight: 500; cursor: pointer; }
button:hover { background: var(--hover); }
button.first { border-color: var(--fill); background: var(--fill); color: #fff; }
button.first:hover { background: var(--fill-hover); border-color: var(--fill-hover); }
a { color: var(--link); }
nav a, nav span { display: inline-block; padding: 12px 0; }
nav span { font-weight: 500; color: var(--text); }
:focus-visible { outline: 2px solid #ec4899; outline-offset: 2px; }
@media (forced-colors: active) { button.first { border-width: 2px; } }
"""
