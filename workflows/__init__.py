"""The product: one folder for each workflow; a folder that is here is part of Parley."""
