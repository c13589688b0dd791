/** The button in its few kinds. `IconButton` is a square one whose name is read aloud and shown on hover. */
import type { ComponentProps } from "react";
import { Icon, type IconName } from "./icon";
import { Tooltip } from "./tooltip";

export type ButtonKind = "plain" | "primary" | "ghost" | "link";

export interface ButtonProps extends ComponentProps<"button"> {
  kind?: ButtonKind;
  size?: "sm" | "md" | "xl";
  icon?: IconName;
}

/** The classes of a button, for links that look like one. */
export function buttonClass(kind: ButtonKind = "plain", size: "sm" | "md" | "xl" = "md"): string {
  return `btn ${kind === "plain" ? "" : `btn--${kind}`} ${size === "md" ? "" : `btn--${size}`}`;
}

export function Button({
  kind,
  size,
  icon,
  className = "",
  children,
  type = "button",
  ...rest
}: ButtonProps) {
  return (
    <button type={type} className={`${buttonClass(kind, size)} ${className}`} {...rest}>
      {icon && <Icon name={icon} small={size === "sm"} />}
      {children}
    </button>
  );
}

export interface IconButtonProps extends Omit<ComponentProps<"button">, "children"> {
  icon: IconName;
  label: string;
}

export function IconButton({ icon, label, className = "", type = "button", ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label}>
      <button type={type} className={`btn btn--icon ${className}`} aria-label={label} {...rest}>
        <Icon name={icon} />
      </button>
    </Tooltip>
  );
}
