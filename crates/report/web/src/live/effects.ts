/** What happens to every gene, as tables: of one answer, or of the difference of two. */

import type { Announce } from "../announce";
import { el } from "../dom";
import type { Num } from "../payload";
import type { State } from "../state";
import { Table, type Column } from "../table";
import { short } from "../words";
import { byDifference, change, difference, type Answer, type Answers } from "./answers";
import type { Effects } from "./protocol";
import type { Letter, Scenario } from "./scenario";

const HOW: Record<Effects["kind"][number], string> = {
  perturbed: "changed itself",
  direct: "directly",
  downstream: "over other genes",
  none: "not reached",
};

export interface EffectTables {
  element: HTMLElement;
  refresh: () => void;
  /** Whether the tables may be saved. */
  savable: (may: boolean) => void;
}

/** The table of one list, and that of two; which of them is seen follows from the scenario. */
export function effectTables(scenario: Scenario, state: State, answers: Answers, announce: Announce): EffectTables {
  const name = (gene: number) => scenario.network.name(gene);
  const gene: Column = {
    key: "gene",
    title: "Gene",
    help: "Its name; opens its details",
    value: name,
    cell: (row) => el("button", { type: "button", class: "link", click: () => state.select({ kind: "gene", at: row }) }, name(row)),
  };
  const single = new Table({
    caption: "Effects on all genes, the largest change first",
    file: "effects.tsv",
    noun: "gene",
    columns: [gene, ...singleColumns(answers, name)],
    rows: () => answers.A?.effects.gene ?? [],
    text: name,
    announce,
  });
  const both = new Table({
    caption: "Levels at the end under both interventions, the largest difference first",
    file: "comparison.tsv",
    noun: "gene",
    columns: [gene, ...comparedColumns(answers)],
    rows: () => byDifference(answers),
    text: name,
    announce,
  });
  const heading = el("h3", {}, "Effects on all genes");
  const element = el("div", { class: "live-effects" }, heading, single.element, both.element);
  const refresh = () => {
    single.element.hidden = scenario.comparing;
    both.element.hidden = !scenario.comparing;
    (scenario.comparing ? both : single).refresh(false);
  };
  refresh();
  const savable = (may: boolean) => [single, both].forEach((table) => (table.saves.disabled = !may));
  return { element, refresh, savable };
}

function numbers(key: string, title: string, help: string, value: (gene: number) => Num): Column {
  return { key, title, help, number: true, value, cell: (gene) => short(value(gene)) };
}

function singleColumns(answers: Answers, name: (gene: number) => string): Column[] {
  type Numeric = "time" | "wild" | "perturbed" | "change" | "fold" | "low" | "high";
  const of = (column: Numeric) => (gene: number) => answers.A?.effects[column][answers.A.place(gene)] ?? null;
  const kind = (gene: number) => HOW[kindOf(answers.A, gene)];
  const path = (gene: number) => (answers.A?.effects.path[answers.A.place(gene)] ?? []).map(name);
  return [
    numbers("wild_type", "Wild type", "Level without interventions, in units of the data", of("wild")),
    numbers("perturbed", "Predicted", "Level with them", of("perturbed")),
    numbers("change", "Change", "Change by the interventions, where it is largest", (gene) => change(of("wild")(gene), of("perturbed")(gene))),
    numbers("low", "at least", "The least change among the model and its refits", of("low")),
    numbers("high", "at most", "The largest change among the model and its refits", of("high")),
    numbers("log2_fold_change", "log₂", "Logarithm of the ratio of the two levels", of("fold")),
    numbers("time", "Time", "When the change is largest; none for the steady state", of("time")),
    { key: "kind", title: "Reached", help: "How the effect reaches this gene", value: kind },
    { key: "path", title: "Path", help: "The edges that carry most of it", value: (gene) => path(gene).join(">"), cell: (gene) => el("span", { class: "path" }, path(gene).join(" › ")) },
  ];
}

function comparedColumns(answers: Answers): Column[] {
  const changeAt = (letter: Letter) => (gene: number) => {
    return change(answers[letter]?.of("wildEnd", gene), answers[letter]?.of("perturbedEnd", gene));
  };
  const end = (letter: Letter) => (gene: number) => answers[letter]?.of("perturbedEnd", gene) ?? null;
  const how = (letter: Letter) => (gene: number) => HOW[kindOf(answers[letter], gene)];
  return [
    numbers("wild_type", "Wild type", "Level without interventions at the end, in units of the data", (gene) => answers.A?.of("wildEnd", gene) ?? null),
    numbers("a", "A", "Level under intervention A at the end", end("A")),
    numbers("b", "B", "Level under intervention B at the end", end("B")),
    numbers("change_a", "Change A", "Change by A", changeAt("A")),
    numbers("change_b", "Change B", "Change by B", changeAt("B")),
    numbers("difference", "B − A", "Change by B minus change by A", (gene) => difference(answers, gene)),
    { key: "kind_a", title: "Reached by A", help: "How the effect of A reaches this gene", value: how("A") },
    { key: "kind_b", title: "Reached by B", help: "How the effect of B reaches this gene", value: how("B") },
  ];
}

function kindOf(answer: Answer | undefined, gene: number): Effects["kind"][number] {
  return answer?.effects.kind[answer.place(gene)] ?? "none";
}
