"""Asks one peer for a plan, in the Python that has it: adapters.py NAME <task >answer.

The task is {"case", "seconds", "seed"}, the answer {"plan", "seconds"}: the rounds as peerled would
give them, or a sentence where the peer cannot be asked this or has no answer.
"""
import contextlib
import copy
import itertools
import json
import os
import random
import sys
import tempfile
import time
from collections import Counter
from itertools import combinations


def cp_sat(case, seconds, seed):
    """A model of the whole problem: repeats first, then bands, both as the documentation counts them."""
    from ortools.sat.python import cp_model

    model, people, plan = cp_model.CpModel(), [p["id"] for p in case["people"]], case["plan"]
    balanced = "attrs" in case["people"][0]
    met = Counter(
        frozenset(pair) for week in case["history"] for team in week["teams"] for pair in combinations(team, 2)
    )
    seat, meets, broken = {}, {}, []
    for w, week in enumerate(plan):
        present = [p for p in people if p not in week.get("absent", [])]
        teams = range(len(week["sizes"]))
        for p in present:
            for t in teams:
                seat[p, w, t] = model.NewBoolVar("")
            model.AddExactlyOne(seat[p, w, t] for t in teams)
        for t in teams:
            model.Add(sum(seat[p, w, t] for p in present) == week["sizes"][t])
        for pair in combinations(present, 2):
            both = model.NewBoolVar("")
            meets.setdefault(frozenset(pair), []).append(both)
            for t in teams:
                first, second = (seat[p, w, t] for p in pair)
                model.AddBoolOr(both, first.Not(), second.Not())
                # The price holds `both` down already; with the other direction it found better plans.
                model.AddBoolOr(both.Not(), first.Not(), second)
                model.AddBoolOr(both.Not(), first, second.Not())
            for rule, kept in (("must_pair", 1), ("must_not_pair", 0)):
                if any(set(demand["pair"]) == set(pair) for demand in case["constraints"].get(rule, [])):
                    model.Add(both == kept)
        if balanced:
            broken += cp_sat_bands(model, [p for p in case["people"] if p["id"] in present], week, w, seat)
        elif w == 0 and not case["history"] and not case["constraints"]:
            # Everybody is like everybody else, so the first round may be any.
            queue = iter(present)
            for t in teams:
                for p in itertools.islice(queue, week["sizes"][t]):
                    model.Add(seat[p, w, t] == 1)
    cost = []
    for pair in map(frozenset, combinations(people, 2)):
        mine = meets.get(pair, [])
        total, price = met[pair] + sum(mine), model.NewIntVar(0, 10_000, "")
        # C(m, 2) is convex: above each of its chords between neighbours means above it.
        for m in range(met[pair], met[pair] + len(mine) + 1):
            model.Add(price >= m * total - m * (m + 1) // 2)
        cost.append(price)
    model.Minimize(10_000 * sum(cost) + sum(broken))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    if solver.Solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return "nothing in time"
    return [
        [[p for p in people if (p, w, t) in seat and solver.Value(seat[p, w, t])] for t in range(len(week["sizes"]))]
        for w, week in enumerate(plan)
    ]


def cp_sat_bands(model, present, week, w, seat):
    """One variable for each band of each team, true where it is broken."""
    broken, total, n = [], sum(p["experience"] for p in present), len(present)
    genders = Counter(p["attrs"]["gender"] for p in present)

    def unless(*conditions):
        breach = model.NewBoolVar("")
        broken.append(breach)
        for condition in conditions:
            model.Add(condition).OnlyEnforceIf(breach.Not())

    for t, size in enumerate(week["sizes"]):
        level = sum(p["experience"] * seat[p["id"], w, t] for p in present)
        unless(2 * n * level - 2 * size * total <= size * n, 2 * size * total - 2 * n * level <= size * n)
        unless(sum(seat[p["id"], w, t] for p in present if p["experience"] >= 4) >= 1)
        for gender, count in genders.items():
            here = sum(seat[p["id"], w, t] for p in present if p["attrs"]["gender"] == gender)
            if 2 * count < n:
                unless(here != 1)
            if gender == "m":
                unless(2 * here <= size)
    return broken


def perfect_strangers(case, _seconds, _seed):
    from perfect_strangers import create_matcher

    sizes = case["plan"][0]["sizes"]
    if case["history"] or len(set(sizes)) > 1:
        return "–"
    matcher = create_matcher(len(sizes), sizes[0], participant_labels=[p["id"] for p in case["people"]])
    if matcher.max_rounds < len(case["plan"]):
        return f"ends after {matcher.max_rounds}"
    return matcher.rounds[: len(case["plan"])]


def balanced_group_system(case, seconds, _seed):
    """Greedy and by chance: the best plan there is time for, each round tried until its sizes are as asked."""
    from balanced_group_system import BalancedGroupSystem

    if any(week.get("absent") for week in case["plan"]):
        return "–"
    end, best, fewest = time.monotonic() + seconds, "other sizes", None
    while time.monotonic() < end:
        system = BalancedGroupSystem([p["id"] for p in case["people"]])
        for week in case["history"]:
            system.create_groups([set(team) for team in week["teams"]])
        plan = []
        for week in case["plan"]:
            while time.monotonic() < end:
                trial = copy.deepcopy(system)
                groups = trial.create_balanced_groups(len(week["sizes"]))
                if sorted(map(len, groups)) == sorted(week["sizes"]):
                    system = trial
                    plan.append([sorted(group) for group in groups])
                    break
        # It counts each meeting from both sides.
        repeats = sum(m // 2 * (m // 2 - 1) // 2 for m in system.familiarity_matrix.values())
        if len(plan) == len(case["plan"]) and (fewest is None or repeats < fewest):
            best, fewest = plan, repeats
    return best


def team_former(case, seconds, _seed):
    """One round; who has met is given as who would rather not meet again, before all else."""
    import pandas
    from team_former.make_teams import allocate_teams

    if len(case["plan"]) > 1:
        return "–"
    met = {p["id"]: set() for p in case["people"]}
    for week in case["history"]:
        for team in week["teams"]:
            for p in team:
                met[p] |= set(team) - {p}
    rows = [
        {
            "Student_ID": p["id"],
            "gender": {"m": "M", "w": "F"}[p["attrs"]["gender"]],
            "wam": 20 * p["experience"],
            "Prefer_Not_With": ", ".join(sorted(met[p["id"]])),
        }
        for p in case["people"]
    ]
    size = case["plan"][0]["sizes"][0]
    with tempfile.TemporaryDirectory() as folder:
        file = os.path.join(folder, "students.xlsx")
        pandas.DataFrame(rows).to_excel(file, index=False)
        frame = allocate_teams(
            input_file=file,
            output_file=os.path.join(folder, "teams.xlsx"),
            neg_pref_weight=100_000,
            min_team_size=size,
            max_team_size=size,
            max_solve_time=seconds,
        )
    if frame is None:
        return "nothing in time"
    return [[list(team["Student_ID"]) for _, team in frame.groupby("team")]]


def team_formation(case, seconds, _seed):
    """One round; it has no word for who has met."""
    import pandas
    from team_formation import TeamAssignment

    if len(case["plan"]) > 1 or case["history"]:
        return "–"
    people = pandas.DataFrame(
        [{"id": p["id"], "gender": p["attrs"]["gender"], "experience": str(p["experience"])} for p in case["people"]]
    )
    wishes = pandas.DataFrame(
        [{"attribute": attribute, "type": "diversify", "weight": 1} for attribute in ("gender", "experience")]
    )
    task = TeamAssignment(people, wishes, case["plan"][0]["sizes"][0])
    task.solve(max_time_in_seconds=seconds)
    if not task.solution_found:
        return "nothing in time"
    return [[list(team["id"]) for _, team in task.participants.groupby("team_num")]]


PEERS = {
    "ortools": cp_sat,
    "perfect-strangers": perfect_strangers,
    "balanced-group-system": balanced_group_system,
    "team-former": team_former,
    "team-formation": team_formation,
}


def main():
    task = json.load(sys.stdin)
    random.seed(task["seed"])
    begun = time.monotonic()
    # What a peer says goes where errors go.
    with contextlib.redirect_stdout(sys.stderr):
        plan = PEERS[sys.argv[1]](task["case"], task["seconds"], task["seed"])
    if not isinstance(plan, str):
        plan = [{"week": week["week"], "teams": teams} for week, teams in zip(task["case"]["plan"], plan)]
    json.dump({"plan": plan, "seconds": time.monotonic() - begun}, sys.stdout)


main()
