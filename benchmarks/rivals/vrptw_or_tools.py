"""OR-Tools' routing library on an instance of vehicle routing with time windows, as PyVRP holds it."""

from __future__ import annotations

import time
from typing import Any

import numpy as np


def or_tools_distance(data: Any, seconds: float) -> tuple[int, float] | None:
    """The total distance that OR-Tools finds in so many seconds of processor time (0: no solution), and the
    seconds taken; None where it is not installed. Parallel cheapest insertion, then guided local search, as
    its guide recommends for time windows; one thread, as its routing search has."""
    try:
        from ortools.constraint_solver import pywrapcp, routing_enums_pb2
    except ImportError:
        return None
    vehicle = data.vehicle_types()[0]
    clients = data.clients()
    place = [0] + [client.location for client in clients]
    serve = np.array([0] + [client.service_duration for client in clients])
    load = [0] + [client.delivery[0] for client in clients]
    distance = np.asarray(data.distance_matrix(0))[np.ix_(place, place)]
    duration = np.asarray(data.duration_matrix(0))[np.ix_(place, place)]
    manager = pywrapcp.RoutingIndexManager(len(place), vehicle.num_available, 0)
    routing = pywrapcp.RoutingModel(manager)
    routing.SetArcCostEvaluatorOfAllVehicles(routing.RegisterTransitMatrix(distance.tolist()))
    spent = routing.RegisterTransitMatrix((duration + serve[:, None]).tolist())
    last = int(max(client.tw_late for client in clients) + serve.max() + duration.max())
    routing.AddDimension(spent, last, last, False, "time")
    carried = routing.RegisterUnaryTransitVector(load)
    routing.AddDimension(carried, 0, vehicle.capacity[0], True, "load")
    times = routing.GetDimensionOrDie("time")
    for number, client in enumerate(clients, start=1):
        times.CumulVar(manager.NodeToIndex(number)).SetRange(client.tw_early, client.tw_late)
    depot_late = min(vehicle.tw_late, data.depots()[0].tw_late, last)
    for number in range(vehicle.num_available):
        times.CumulVar(routing.End(number)).SetMax(depot_late)
    asked = pywrapcp.DefaultRoutingSearchParameters()
    asked.first_solution_strategy = routing_enums_pb2.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
    asked.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    # Its clock is the wall's: on a busy machine it goes on until it has had its processor time.
    start = time.process_time()
    best, solution = 0, None
    while (left := seconds - (time.process_time() - start)) > 0.0:
        asked.time_limit.FromMilliseconds(int(1000 * max(left, 1.0)))
        found = (
            routing.SolveFromAssignmentWithParameters(solution, asked)
            if solution is not None
            else routing.SolveWithParameters(asked)
        )
        if found is not None:
            solution = found
            best = int(found.ObjectiveValue())
    return best, time.process_time() - start
