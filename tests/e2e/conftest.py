"""The running shop that the browser visits."""

from __future__ import annotations

import pytest

from tests.integration.conftest import shared_folder, shop, shop_settings
from tests.shop import RunningShop

__all__ = ["shared_folder", "shop", "shop_settings"]


@pytest.fixture(scope="session")
def shop_url(shop: RunningShop) -> str:
    """Address of a real shop in its embedded mode."""
    return shop.url
