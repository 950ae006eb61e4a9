import pytest
@pytest.mark.parametrize("n", range(30))
def test_a(slayer, database, n): pass
@pytest.mark.parametrize("n", range(30))
def test_b(database, n): pass
