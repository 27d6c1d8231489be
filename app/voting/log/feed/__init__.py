"""The log for programs: heads, consistency and leaves as JSON, and the witnesses' signatures coming in."""
