"""Imports publications: reads them, matches them with the table's rows, and merges them in without losing a line.

    readers | sources  ->  Record (CSL-JSON's terms)  ->  matching  ->  merging  ->  edits of the table's text  ->  file

The network and the file system are at the two ends; everything in between takes values and returns values.
"""
