/** Runs something once the page was looked at for so long without a break; returns how to give it up. */
export function afterLooking(milliseconds: number, run: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = () => {
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', begin);
  };
  function begin() {
    clearTimeout(timer);
    if (!document.hidden) timer = setTimeout(() => (end(), run()), milliseconds);
  }
  document.addEventListener('visibilitychange', begin);
  begin();
  return end;
}
