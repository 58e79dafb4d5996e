"""Joint KPIs by agenda: main indicators, sub-indicators, who holds them, what the Cabinet adds."""
