import { useQuery } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { useState } from "react";
import { activityQuery, useComment, type Activity } from "../../api/issue.js";
import { useSession } from "../../api/session.js";
import { Avatar } from "../../components/avatar.js";
import { Button, IconButton } from "../../components/button.js";
import { Card } from "../../components/card.js";
import { Mark } from "../../components/logo.js";
import { TimeAgo } from "../../components/time-ago.js";
import { activitySentence } from "./activity-sentence.js";

/** The issue's history and what people said about it. */
export function ActivitySection({ org, issueId }: { readonly org: string; readonly issueId: string }) {
  const activity = useQuery(activityQuery(org, issueId));
  const comment = useComment(org, issueId);
  const session = useSession();
  const [text, setText] = useState("");
  const send = () => comment.mutate({ text: text.trim() }, { onSuccess: () => setText("") });
  return (
    <Card id="activity" title="Activity">
      <div className="flex gap-3">
        <Avatar name={session.user?.name ?? "?"} size={24} />
        <div className="min-w-0 flex-1">
          <textarea
            value={text}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === "Enter" && (event.metaKey || event.ctrlKey) && text.trim()) send();
            }}
            rows={text ? 3 : 1}
            aria-label="Comment"
            placeholder="Leave a note for whoever looks next"
            className="field h-auto! min-h-8 resize-y py-1.5!"
          />
          {text.trim() && (
            <div className="mt-2 flex justify-end">
              <Button variant="primary" disabled={comment.isPending} onClick={send}>
                Comment
              </Button>
            </div>
          )}
        </div>
      </div>
      <ol className="mt-4 space-y-3">
        {(activity.data?.activity ?? []).map((one) => (
          <ActivityLine
            key={one.id}
            activity={one}
            own={one.user?.id === session.user?.id}
            onRemove={() => comment.mutate({ remove: one.id })}
          />
        ))}
      </ol>
    </Card>
  );
}

function ActivityLine(props: {
  readonly activity: Activity;
  readonly own: boolean;
  readonly onRemove: () => void;
}) {
  const { activity } = props;
  const name = activity.user?.name || activity.user?.email || null;
  const isNote = activity.type === "note";
  return (
    <li className="group flex gap-3">
      <span className="grid w-6 shrink-0 justify-center">
        {name ? <Avatar name={name} size={22} /> : <Mark size={17} />}
      </span>
      <div className="min-w-0 flex-1">
        <p className="text-ink-2">
          <span className="font-medium text-ink">{name ?? "Vedette"}</span>{" "}
          {isNote ? "said" : activitySentence(activity)}
          <span className="ml-2 text-xs text-ink-3">
            <TimeAgo at={activity.dateCreated} />
          </span>
        </p>
        {isNote && (
          <div className="mt-1 flex items-start gap-2 rounded-md rounded-tl-none border border-line bg-sunken px-3 py-2">
            <p className="min-w-0 flex-1 [overflow-wrap:anywhere] whitespace-pre-wrap">
              {activitySentence(activity)}
            </p>
            {props.own && (
              <span className="opacity-0 group-hover:opacity-100 focus-within:opacity-100">
                <IconButton label="Delete the comment" onClick={props.onRemove}>
                  <Trash2 size={13} />
                </IconButton>
              </span>
            )}
          </div>
        )}
      </div>
    </li>
  );
}
