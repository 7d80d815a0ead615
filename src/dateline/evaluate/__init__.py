"""Measure coded articles against gold articles: loading, matching, scores, intervals and the quality gate."""
