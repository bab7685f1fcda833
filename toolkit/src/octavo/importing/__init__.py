"""Publications brought in from elsewhere: read, matched with the table's rows, merged into them, never losing a line.

    readers | sources  ->  Record (CSL-JSON's terms)  ->  matching  ->  merging  ->  edits of the table's text  ->  file

The network and the file system are at the two ends; everything between them takes values and returns values.
"""
