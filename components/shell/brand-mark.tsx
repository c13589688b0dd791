/** The mark: a falling loss curve on its axes, and the point where you are. */
export function BrandMark() {
  return (
    <svg
      viewBox="0 0 18 18"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      aria-hidden="true"
    >
      <path d="M2 2v12.5A1.5 1.5 0 0 0 3.5 16H16" />
      <path d="M5.5 4.5C7 10 9.5 12 15.5 12" />
      <circle cx="8.3" cy="9.5" r="2.2" fill="currentColor" stroke="none" />
    </svg>
  );
}
