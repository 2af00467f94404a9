"""The five-minute diagnosis: fourteen items on the seven viewpoints, in two forms and three reading levels."""
