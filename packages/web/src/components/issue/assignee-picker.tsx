import { useQuery } from "@tanstack/react-query";
import type { Assignee } from "../../api/issue.js";
import { membersQuery } from "../../api/organization.js";
import { useSession } from "../../api/session.js";
import { Avatar } from "../avatar.js";
import { Button } from "../button.js";
import { Picker } from "../picker.js";

/** What an assignment sends to the server (`""` clears it) and what it looks like until the answer comes. */
export type Assignment = { readonly assignedTo: string; readonly assignee: Assignee | null };

/** Shows who has an issue and lets it be given to somebody. The signed-in person comes first. */
export function AssigneePicker(props: {
  readonly org: string;
  readonly assignee: Assignee | null;
  readonly onChange: (assignment: Assignment) => void;
  readonly label?: string;
  readonly open?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
}) {
  const session = useSession();
  const members = useQuery(membersQuery(props.org));
  const people = (members.data ?? [])
    .map((member) => ({
      id: member.user?.id ?? member.id,
      name: member.name || member.email,
      email: member.email,
    }))
    .toSorted(
      (a, b) =>
        Number(b.id === session.user?.id) - Number(a.id === session.user?.id) || a.name.localeCompare(b.name),
    );
  const choose = (id: string | undefined) => {
    const person = people.find((one) => one.id === id);
    props.onChange(
      person
        ? { assignedTo: `user:${person.id}`, assignee: { type: "user", ...person } }
        : { assignedTo: "", assignee: null },
    );
  };
  return (
    <Picker
      align="end"
      placeholder="Assign to…"
      selected={[props.assignee?.id ?? ""]}
      onChange={([id]) => choose(id)}
      options={[
        ...people.map((person) => ({
          value: person.id,
          label: person.id === session.user?.id ? `${person.name} (me)` : person.name,
          icon: <Avatar name={person.name} size={20} />,
        })),
        { value: "", label: "Nobody", icon: <Avatar name={null} size={20} /> },
      ]}
      {...(props.open === undefined ? {} : { open: props.open })}
      {...(props.onOpenChange ? { onOpenChange: props.onOpenChange } : {})}
      trigger={
        <Button
          variant={props.label === undefined ? "ghost" : "secondary"}
          size={props.label === undefined ? "icon" : "sm"}
          aria-label={props.assignee ? `Assigned to ${props.assignee.name}; change` : "Assign"}
        >
          {(props.label === undefined || props.assignee) && (
            <Avatar name={props.assignee?.name ?? null} size={props.label === undefined ? 22 : 17} />
          )}
          {props.label !== undefined && (
            <span className="max-w-32 truncate">{props.assignee?.name ?? props.label}</span>
          )}
        </Button>
      }
    />
  );
}
