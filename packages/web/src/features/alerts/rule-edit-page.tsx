import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import type { RuleDefinition } from "../../api/rule-definition.js";
import { ruleQuery, useSaveRule } from "../../api/rules.js";
import { LoadError } from "../../components/empty-state.js";
import { Page } from "../../components/page.js";
import { Skeleton } from "../../components/skeleton.js";
import { toast } from "../../components/toast.js";
import { RuleForm } from "./rule-form.js";

/** A rule most teams begin with. */
const firstRule: RuleDefinition = {
  project: "*",
  when: ["first_seen", "regression"],
  if: [{ level: { gte: "error" } }],
  notify: [],
  interval: "1h",
};

/** Makes a rule. */
export function NewRulePage() {
  const { org } = useParams({ from: "/signed-in/organizations/$org/alerts/rules/new" });
  return (
    <Page title="New rule" width="narrow" lead="The sentence at the top always says what the rule will do.">
      <RuleEditor org={org} name="" definition={firstRule} />
    </Page>
  );
}

/** Changes a rule. */
export function EditRulePage() {
  const { org, ruleId } = useParams({ from: "/signed-in/organizations/$org/alerts/rules/$ruleId/edit" });
  const rule = useQuery(ruleQuery(org, ruleId));
  if (rule.isError) return <LoadError error={rule.error} retry={() => void rule.refetch()} />;
  return (
    <Page
      title={rule.data ? `Edit ${rule.data.name}` : "Edit rule"}
      width="narrow"
      lead={
        rule.data?.origin === "file"
          ? "This rule is kept in vedette.yaml: the next apply overwrites what you change here."
          : "The sentence at the top always says what the rule will do."
      }
    >
      {rule.data ? (
        <RuleEditor org={org} id={rule.data.id} name={rule.data.name} definition={rule.data.definition} />
      ) : (
        <Skeleton lines={10} className="h-8" />
      )}
    </Page>
  );
}

function RuleEditor(props: {
  readonly org: string;
  readonly id?: string;
  readonly name: string;
  readonly definition: RuleDefinition;
}) {
  const { org, id } = props;
  const save = useSaveRule(org);
  const navigate = useNavigate();
  return (
    <RuleForm
      org={org}
      name={props.name}
      definition={props.definition}
      saving={save.isPending}
      error={save.error}
      onSave={(name, definition) =>
        save.mutate(
          { name, definition, ...(id === undefined ? {} : { id }) },
          {
            onSuccess: (rule) => {
              toast("Saved. It is in force from now on.");
              void navigate({
                to: "/organizations/$org/alerts/rules/$ruleId/",
                params: { org, ruleId: rule?.id ?? id ?? "" },
              });
            },
          },
        )
      }
    />
  );
}
