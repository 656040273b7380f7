/** The genes and edges in view as a CX2 file, as `cistron export` writes it. */

import type { Graph } from "./graph";
import type { Network } from "./network";
import type { Num } from "./payload";
import { VERB } from "./words";

type Aspect = Record<string, unknown>;

/** Genes whose boxes are in view, and the edges between them. */
function inView(graph: Graph): { genes: number[]; edges: number[] } {
  const view = graph.cy.extent();
  const seen = graph.cy.nodes().filter((node) => {
    const { x, y } = node.position();
    const [wide, high] = [node.width() / 2, node.height() / 2];
    return x + wide > view.x1 && x - wide < view.x2 && y + high > view.y1 && y - high < view.y2;
  });
  const order = (numbers: number[]) => numbers.sort((a, b) => a - b);
  return {
    genes: order(seen.map((node) => node.data("gene") as number)),
    edges: order(seen.edgesWith(seen).map((edge) => edge.data("edge") as number)),
  };
}

/** What has a value. */
function present(values: Record<string, Num | undefined | string | boolean>): Aspect {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== undefined));
}

/** The file: types, style and remarks come from the program, genes and edges from the view. */
export function asCx2(network: Network, graph: Graph): string {
  const { genes, edges } = inView(graph);
  const nodes = genes.map((gene) => {
    const { x, y } = graph.cy.getElementById(`g${gene}`).position();
    return { id: gene, x, y, v: nodeValues(network, gene) };
  });
  const links = edges.map((edge) => ({ id: edge + 1, s: network.source(edge), t: network.target(edge), v: edgeValues(network, edge) }));
  const counts: Record<string, number> = { nodes: nodes.length, edges: links.length };
  const aspects = network.data.cx2.map((aspect): Aspect => {
    if ("nodes" in aspect) return { nodes };
    if ("edges" in aspect) return { edges: links };
    if (!("metaData" in aspect)) return aspect;
    const metaData = (aspect["metaData"] as { name: string }[]).map((one) => ({ ...one, ...(one.name in counts ? { elementCount: counts[one.name] } : {}) }));
    return { metaData };
  });
  return `[\n${aspects.map((aspect) => JSON.stringify(aspect)).join(",\n")}\n]\n`;
}

function nodeValues(network: Network, gene: number): Aspect {
  const { genes } = network.data;
  return present({
    name: network.name(gene),
    decay: genes.decay[gene],
    r_squared: genes.rSquared[gene],
    r_squared_linear: genes.rSquaredLinear[gene],
    model_regulators: genes.modelRegulators[gene],
    in_degree: genes.inDegree[gene],
    out_degree: genes.outDegree[gene],
    nonlinear: genes.nonlinear[gene],
  });
}

function edgeValues(network: Network, edge: number): Aspect {
  const { edges } = network.data;
  const sign = network.sign(edge);
  return present({
    weight: edges.weight[edge],
    sign,
    interaction: sign === "?" ? "regulates" : VERB[sign],
    rank: edge + 1,
    probability: edges.probability[edge],
    evidence: edges.evidence[edge],
    dynamic: edges.dynamic[edge],
    interventional: edges.interventional[edge],
    frequency: edges.frequency[edge],
    sign_agreement: edges.signAgreement[edge],
    expected_false: edges.expectedFalse[edge],
    influence: edges.influence[edge],
  });
}
