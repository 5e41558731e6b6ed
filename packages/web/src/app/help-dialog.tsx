import { Dialog } from "../components/dialog.js";
import { Kbd } from "../components/kbd.js";

const groups = [
  [
    "Anywhere",
    [
      ["g i", "Issues"],
      ["g a", "Alerts"],
      ["g p", "Projects"],
      ["g s", "Settings"],
      ["?", "This help"],
    ],
  ],
  [
    "Issue list",
    [
      ["j k", "Down, up"],
      ["Enter", "Open"],
      ["x", "Select"],
      ["e", "Resolve"],
      ["i", "Archive until it escalates"],
      ["a", "Assign"],
      ["/", "Search"],
      ["Esc", "Clear the selection"],
    ],
  ],
  [
    "Issue",
    [
      ["j k", "Older, newer event"],
      ["e", "Resolve"],
      ["i", "Archive until it escalates"],
      ["a", "Assign"],
      ["u", "Back to the list"],
    ],
  ],
] as const;

/** Every keyboard shortcut. */
export function HelpDialog(props: {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}) {
  return (
    <Dialog {...props} title="Keyboard shortcuts" wide>
      <div className="grid gap-x-10 gap-y-6 pt-3 sm:grid-cols-3">
        {groups.map(([title, keys]) => (
          <section key={title}>
            <h3 className="mb-2 text-xs font-semibold text-ink-3">{title}</h3>
            <dl className="space-y-1.5">
              {keys.map(([combination, meaning]) => (
                <div key={combination} className="flex items-center justify-between gap-4">
                  <dt className="order-2 flex gap-1">
                    {combination.split(" ").map((key) => (
                      <Kbd key={key}>{key}</Kbd>
                    ))}
                  </dt>
                  <dd className="text-ink-2">{meaning}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
