"""The evaluation harness: suites over the agents, benchmarks, and the report that both end in."""
