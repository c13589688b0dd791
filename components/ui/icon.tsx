/** The icon set: 16 px line drawings, one stroke. An icon is decoration; what it means stands beside it in words. */
import type { ReactNode } from "react";

const DRAWINGS = {
  train: <path d="M2 3v9.5a1.5 1.5 0 0 0 1.5 1.5H14M4.5 4.5C6 9.5 8.5 11 13.5 11" />,
  runs: <path d="M2 4h12M2 8h12M2 12h8" />,
  chat: (
    <>
      <rect x="2" y="3" width="5" height="10" rx="1" />
      <rect x="9" y="3" width="5" height="10" rx="1" />
    </>
  ),
  datasets: (
    <>
      <ellipse cx="8" cy="4" rx="5" ry="2" />
      <path d="M3 4v8c0 1.1 2.2 2 5 2s5-.9 5-2V4M3 8c0 1.1 2.2 2 5 2s5-.9 5-2" />
    </>
  ),
  model: (
    <>
      <path d="M8 2l5.5 3v6L8 14l-5.5-3V5z" />
      <path d="M2.5 5L8 8l5.5-3M8 8v6" />
    </>
  ),
  evaluate: <path d="M2.5 8.5l2 2 3.5-4M10 4h4M10 8h4M10 12h4M2.5 4H6" />,
  export: <path d="M8 10V2M5 5l3-3 3 3M3 9v4.5h10V9" />,
  settings: (
    <>
      <path d="M2 5h7M13 5h1M2 11h1M7 11h7" />
      <circle cx="11" cy="5" r="2" />
      <circle cx="5" cy="11" r="2" />
    </>
  ),
  search: (
    <>
      <circle cx="7" cy="7" r="4.5" />
      <path d="M10.5 10.5L14 14" />
    </>
  ),
  theme: (
    <>
      <circle cx="8" cy="8" r="3" />
      <path d="M8 1.5V3M8 13v1.5M1.5 8H3M13 8h1.5M3.4 3.4l1.1 1.1M11.5 11.5l1.1 1.1M12.6 3.4l-1.1 1.1M4.5 11.5l-1.1 1.1" />
    </>
  ),
  down: <path d="M4 6l4 4 4-4" />,
  right: <path d="M6 4l4 4-4 4" />,
  left: <path d="M10 4L6 8l4 4" />,
  plus: <path d="M8 3v10M3 8h10" />,
  close: <path d="M4 4l8 8M12 4l-8 8" />,
  check: <path d="M3 8.5l3.5 3.5L13 4.5" />,
  edit: <path d="M3 13l.6-2.6L11 3l2 2-7.4 7.4z" />,
  copy: (
    <>
      <rect x="5.5" y="5.5" width="8" height="8" rx="1" />
      <path d="M10.5 3V2.5h-8v8H3" />
    </>
  ),
  retry: <path d="M13 8a5 5 0 1 1-1.5-3.5M13 2v3h-3" />,
  retryAll: <path d="M9.5 8a3.5 3.5 0 1 1-1-2.5M9.5 3v2.7H6.8M12 4.5a6 6 0 0 1-5.5 9.4" />,
  error: (
    <>
      <path d="M5.2 1.5h5.6l3.7 3.7v5.6l-3.7 3.7H5.2l-3.7-3.7V5.2z" />
      <path d="M8 4.5v4.2M8 11.2v.1" />
    </>
  ),
  warning: (
    <>
      <path d="M8 2l6.5 11.5h-13z" />
      <path d="M8 6.5v3.5M8 11.9v.1" />
    </>
  ),
  info: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M8 7.3v3.7M8 5v.1" />
    </>
  ),
  pause: <path d="M5.5 3.5v9M10.5 3.5v9" />,
  stop: <rect x="3.5" y="3.5" width="9" height="9" rx="1" />,
  play: <path d="M4.5 3l8 5-8 5z" />,
  drag: <path d="M6 4h.01M10 4h.01M6 8h.01M10 8h.01M6 12h.01M10 12h.01" strokeWidth="2" />,
  more: <path d="M3.5 8h.01M8 8h.01M12.5 8h.01" strokeWidth="2.5" />,
  preview: <path d="M2 3h12v10H2zM8 3v10" />,
  download: <path d="M8 2v8M5 7l3 3 3-3M3 13.5h10" />,
  folder: <path d="M2 12.5v-9h4l1.5 2H14v7z" />,
  trash: <path d="M3 4.5h10M6 4.5V3h4v1.5M4.5 4.5l.5 9h6l.5-9" />,
  send: <path d="M8 13V3M4 7l4-4 4 4" />,
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof DRAWINGS;

export interface IconProps {
  name: IconName;
  /** 12 px with a stronger stroke, for buttons inside text. */
  small?: boolean;
  className?: string;
}

export function Icon({ name, small = false, className = "" }: IconProps) {
  return (
    <svg className={`i ${small ? "i--sm" : ""} ${className}`} viewBox="0 0 16 16" aria-hidden="true">
      {DRAWINGS[name]}
    </svg>
  );
}
