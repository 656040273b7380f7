#!/usr/bin/env python3
"""Make score_reference.tsv: what the reference scorer says of pseudo-random predictions.

  make_score_reference.py SCORE_PY DATA > score_reference.tsv

SCORE_PY is the reference scorer (needs numpy), DATA the folder that CISTRON_DATA names. The
predictions are those of tests/suite/score.rs: change both or neither.
"""
import importlib.util, os, sys

MEASURES = ["n_pairs", "n_edges", "n_pred", "density", "aupr", "auroc", "aupr_ratio", "ep", "epr",
            "aupr_dream", "auroc_dream", "sign_acc", "sign_acc_all", "n_signed_top"]
MASK = (1 << 64) - 1


def mixed(regulator, target):
    """FNV-1a of `regulator TAB target`, then the finaliser of SplitMix64."""
    h = 0xcbf29ce484222325
    for byte in f"{regulator}\t{target}".encode():
        h = ((h ^ byte) * 0x100000001b3) & MASK
    h = ((h ^ (h >> 30)) * 0xbf58476d1ce4e5b9) & MASK
    h = ((h ^ (h >> 27)) * 0x94d049bb133111eb) & MASK
    return h ^ (h >> 31)


def predictions(genes, edges):
    """Rows (regulator, target, score, sign) in the order of their hashes: ties, gaps, strangers."""
    rows = []
    names = sorted(genes) + ["stranger"]
    for a in names:
        for b in names:
            h = mixed(a, b)
            if h % 10 < 3:
                continue
            score = (h >> 8) % 40 + (12 if (a, b) in edges else 0)
            sign = "0+-"[(h >> 24) % 3]
            rows.append((h, a, b, score / 64, sign))
    return [row[1:] for row in sorted(rows)]


def is_gold(name):
    return (name.startswith("gold") and name.endswith(".tsv")) or name in (
        "edges_true.tsv", "refNetwork.csv") or name.endswith("_net.csv")


def main():
    spec = importlib.util.spec_from_file_location("score", sys.argv[1])
    reference = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reference)
    data = sys.argv[2]
    files = sorted(os.path.relpath(os.path.join(folder, name), data).replace(os.sep, "/")
                   for folder, _, names in os.walk(data) for name in names if is_gold(name))
    print("\t".join(["file", "universe", "regulators"] + MEASURES))
    for file in files:
        path = os.path.join(data, file)
        table = reference.read_table(path)[1:]
        genes = {row[k] for row in table for k in (0, 1)}
        truth, _ = reference.load_gold(path)
        edges = {pair for pair, edge in truth.items() if edge}
        rows = predictions(genes, edges)
        P = {(a, b): score for a, b, score, _ in rows if a != b}
        PS = {(a, b): reference.sgn(sign) for a, b, _, sign in rows if a != b}
        half = set(sorted({a for a, _ in edges})[::2])
        for universe, regulators in [("auto", None), ("regulators", None), ("all", half)]:
            E, S = reference.load_gold(path, universe)
            judged = [edge for pair, edge in E.items() if regulators is None or pair[0] in regulators]
            if len(set(judged)) == 1:      # only edges or only non-edges: no measure is defined
                values = ["refused"] * len(MEASURES)
            else:
                result = reference.score(P, PS, E, S, regulators)
                values = [repr(result[m]) if result.get(m) is not None else "-" for m in MEASURES]
            print("\t".join([file, universe, "half" if regulators else "all"] + values))


if __name__ == "__main__":
    main()
