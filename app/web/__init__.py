"""What every page shares: errors, headers, filters, navigation, locale."""
