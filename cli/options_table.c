#include "cli/options.h"

#include <limits.h>
#include <string.h>

const yutu_command yutu_commands[YUTU_CMD_COUNT] = {
    [YUTU_CMD_BUILD] =
        {"build", "INPUT…", "read articles into a store",
         "Reads files and folders, extracts what the articles say, and stores it: one named graph for each article, "
         "and "
         "one for the background knowledge. Of a folder, every *.txt and *.md below it is read; a file that is named "
         "is read whatever it is called; - is standard input. An article that is in the store already is replaced, so "
         "that reading the same input again changes nothing. Of an article that stands in several files, the file "
         "whose name sorts first is the source. A file that cannot be read is reported with its name, line and reason; "
         "the others are read, and the exit status is 3.",
         "yutu build articles\nyutu build -s innovation.store --jobs 4 articles more/2024-03-01.txt\ncat page.txt | "
         "yutu build -",
         1, UINT_MAX},
    [YUTU_CMD_EXTRACT] =
        {"extract", "INPUT…", "print what articles say, without a store",
         "The same as build, but a filter: the graphs of the articles go to standard output, in the order of the "
         "input, the lines of one article together. The background knowledge is not among them. With --explain the "
         "reasons are printed instead: for each claim the rule, the spans and the sentence.",
         "yutu extract article.txt\nyutu extract --format turtle - < article.txt\nyutu extract --explain article.txt",
         1, UINT_MAX},
    [YUTU_CMD_QUERY] =
        {"query", "[NAME|FILE.rq]", "ask a store or files",
         "Runs a query of the catalogue, a file with a SPARQL 1.1 query, or the text after -e. Without a query, or "
         "with --list, prints the catalogue. A parameter is given as --param NAME=VALUE or --NAME VALUE; its value is "
         "an IRI in <>, a number, a date, or the name, short name or code of something in the graph. With --data and "
         "--named-graph files are asked instead of a store: the default graph is exactly the data files, and a named "
         "graph has its file's IRI. The exit status is 1 when the answer to ASK is no.",
         "yutu query --list\nyutu query partners --region 上海\nyutu query figures --param about=合肥 --format csv\n"
         "yutu query -e 'SELECT (COUNT(*) AS ?n) { ?s ?p ?o }'\n"
         "yutu query --data graph.ttl -e 'ASK { ?s a <https://schema.org/NewsArticle> }'",
         0, 1},
    [YUTU_CMD_EXPORT] =
        {"export", "", "write the graph for other tools",
         "Writes the whole store, or the graphs named by --graph, to standard output. N-Quads, TriG and JSON-LD keep "
         "the named graphs; the other formats hold their union. GraphML, GEXF, DOT and CSV hold the entities and the "
         "relations between them (csv one line for each relation, csv-nodes one for each entity). The same store gives "
         "the "
         "same bytes.",
         "yutu export --format turtle > graph.ttl\nyutu export -s innovation.store --format graphml > graph.graphml", 0,
         0},
    [YUTU_CMD_LINKS] =
        {"links", "[REGION [REGION]]", "show the cooperation between regions",
         "Without a region, the pairs of regions that the most cooperations tie together; with one, its partners; with "
         "two, each cooperation that ties them: through what, when, who takes part, and the sentence that says so.",
         "yutu links\nyutu links 上海\nyutu links 香港 深圳 --format json", 0, 2},
    [YUTU_CMD_SERVE] =
        {"serve", "", "answer over HTTP, and show the explorer page",
         "A SPARQL 1.1 endpoint at /sparql, the graphs at /data (SPARQL 1.1 Graph Store HTTP Protocol, read-only), a "
         "page "
         "to look at the regions and their cooperation at /, and /health. It is bound to 127.0.0.1, so that only this "
         "machine reaches it, unless --host says otherwise; there is no login. The store is only read, and may be "
         "written by others meanwhile: each request sees the last complete state. SIGINT and SIGTERM end it, once the "
         "requests under way are answered.",
         "yutu serve\nyutu serve -s innovation.store --port 3030\n"
         "curl http://127.0.0.1:8080/sparql --data-urlencode 'query=SELECT (COUNT(*) AS ?n) { ?s ?p ?o }'",
         0, 0},
    [YUTU_CMD_STATS] = {"stats", "", "count what is in a store",
                        "Articles, entities of each class, relations of each kind, figures, quads and bytes.",
                        "yutu stats\nyutu stats --format json", 0, 0},
    [YUTU_CMD_LOAD] =
        {"load", "FILE…", "bring RDF into a store",
         "Reads Turtle, TriG, N-Triples, N-Quads or RDF/XML, told by the end of the name, and adds it to the store. A "
         "wrong line of N-Triples or N-Quads is reported and left out; a file in another format that has a mistake is "
         "reported and adds nothing. The rest is loaded, and the exit status is 3. Blank nodes get names that follow "
         "from the file's content: loading a file again adds nothing.",
         "yutu load notes.ttl\nyutu load --graph http://example.org/notes notes.nt", 1, UINT_MAX},
    [YUTU_CMD_REMOVE] =
        {"remove", "ARTICLE…", "take articles out of a store",
         "Removes each article's graph and nothing else. ARTICLE is its IRI, its key (the 16 hexadecimal digits at the "
         "end of the IRI), or the name of the file it came from: then all articles of that file.",
         "yutu remove 03c1f0a2b4d5e6f7\nyutu remove 2023-05-04.txt", 1, UINT_MAX},
    [YUTU_CMD_CHECK] =
        {"check", "", "check a store",
         "Compares every index of the store with the others and with the dictionary, and the graph with the shapes "
         "(SHACL). "
         "Each violation is a line on standard output: what was looked at, the property, the value, what is wrong. "
         "The exit status is 1 when a shape is violated, and 4 when the store is damaged.",
         "yutu check\nyutu check --store -s innovation.store", 0, 0},
    [YUTU_CMD_HELP] = {"help", "[COMMAND]", "explain a command", "Without a command, the list of commands.",
                       "yutu help build\nyutu help --completion bash > /etc/bash_completion.d/yutu\n"
                       "yutu help --man > yutu.1",
                       0, 1},
};

enum {
  BUILD = 1 << YUTU_CMD_BUILD,
  EXTRACT = 1 << YUTU_CMD_EXTRACT,
  QUERY = 1 << YUTU_CMD_QUERY,
  EXPORT = 1 << YUTU_CMD_EXPORT,
  LINKS = 1 << YUTU_CMD_LINKS,
  SERVE = 1 << YUTU_CMD_SERVE,
  STATS = 1 << YUTU_CMD_STATS,
  LOAD = 1 << YUTU_CMD_LOAD,
  REMOVE = 1 << YUTU_CMD_REMOVE,
  CHECK = 1 << YUTU_CMD_CHECK,
  HELP = 1 << YUTU_CMD_HELP,
  ALL = (1 << YUTU_CMD_COUNT) - 1,
  READS_STORE = QUERY | EXPORT | LINKS | STATS | CHECK | SERVE,
  HAS_STORE = READS_STORE | BUILD | LOAD | REMOVE,
};

#define STORE_DEFAULT "./yutu.store"

const yutu_option yutu_options[] = {
    {HAS_STORE & ~(CHECK | QUERY | LINKS), YUTU_OPT_STORE, 's', "store", YUTU_VALUE_TEXT, "STORE", STORE_DEFAULT,
     "the store: a folder, or memory: for one that is gone at the end"},
    {QUERY | LINKS, YUTU_OPT_STORE, 's', "store", YUTU_VALUE_TEXT, "STORE", STORE_DEFAULT,
     "the store: a folder, or the address of a SPARQL 1.1 endpoint (http://…/sparql)"},
    {CHECK, YUTU_OPT_STORE, 's', NULL, YUTU_VALUE_TEXT, "STORE", STORE_DEFAULT, "the store: a folder"},
    {CHECK, YUTU_OPT_INTEGRITY, 0, "store", YUTU_VALUE_NONE, NULL, NULL,
     "only the store itself: indexes and dictionary, not the shapes"},

    {EXTRACT, YUTU_OPT_FORMAT, 'f', "format", YUTU_VALUE_CHOICE, "nquads|turtle|jsonl", "nquads", "what to print"},
    {QUERY, YUTU_OPT_FORMAT, 'f', "format", YUTU_VALUE_CHOICE, "table|csv|tsv|json|xml|turtle|ntriples|jsonld|rdfxml",
     NULL, "what to print; table by default, turtle for a query whose answer is a graph"},
    {EXPORT, YUTU_OPT_FORMAT, 'f', "format", YUTU_VALUE_CHOICE,
     "turtle|ntriples|nquads|trig|rdfxml|jsonld|graphml|gexf|dot|csv|csv-nodes", "turtle", "what to write"},
    {LINKS, YUTU_OPT_FORMAT, 'f', "format", YUTU_VALUE_CHOICE, "table|csv|json", "table", "what to print"},
    {STATS, YUTU_OPT_FORMAT, 'f', "format", YUTU_VALUE_CHOICE, "table|json", "table", "what to print"},

    {BUILD | EXTRACT, YUTU_OPT_JOBS, 'j', "jobs", YUTU_VALUE_NUMBER, "N", NULL,
     "articles are read by N threads; by default as many as there are processors"},
    {BUILD | EXTRACT, YUTU_OPT_RULES, 0, "rules", YUTU_VALUE_LIST, "FILE", NULL,
     "further relation rules, besides the built-in ones"},
    {BUILD | EXTRACT, YUTU_OPT_GAZETTEER, 0, "gazetteer", YUTU_VALUE_LIST, "FILE", NULL,
     "a further list of names (*.tsv), besides the built-in ones"},
    {BUILD | EXTRACT, YUTU_OPT_BASE, 0, "base", YUTU_VALUE_TEXT, "IRI", NULL,
     "what the IRIs of entities and articles begin with, instead of https://w3id.org/yutu/"},
    {EXTRACT, YUTU_OPT_EXPLAIN, 0, "explain", YUTU_VALUE_NONE, NULL, NULL,
     "print the reason of each claim instead of the graph"},

    {QUERY, YUTU_OPT_EXECUTE, 'e', "execute", YUTU_VALUE_TEXT, "TEXT", NULL, "the query itself"},
    {QUERY, YUTU_OPT_PARAM, 'p', "param", YUTU_VALUE_LIST, "NAME=VALUE", NULL, "bind a parameter of the query"},
    {QUERY, YUTU_OPT_LIST, 'l', "list", YUTU_VALUE_NONE, NULL, NULL,
     "print the catalogue: each query with its parameters and an example"},
    {QUERY, YUTU_OPT_CATALOGUE, 0, "catalogue", YUTU_VALUE_TEXT, "DIR", NULL,
     "a folder of further queries (*.rq); one of the same name goes before the built-in one"},
    {QUERY, YUTU_OPT_DATA, 0, "data", YUTU_VALUE_LIST, "FILE", NULL,
     "ask this file: it is read into the default graph"},
    {QUERY, YUTU_OPT_NAMED_GRAPH, 0, "named-graph", YUTU_VALUE_LIST, "FILE", NULL,
     "ask this file too: it is a named graph, named by the file's IRI"},
    {QUERY, YUTU_OPT_GRAPH, 0, "graph", YUTU_VALUE_LIST, "IRI", NULL,
     "the default graph is this one, instead of the union of all"},
    {EXPORT, YUTU_OPT_NO_BACKGROUND, 0, "no-background", YUTU_VALUE_NONE, NULL, NULL,
     "without the background knowledge: only what articles say, and what was loaded"},
    {EXPORT, YUTU_OPT_GRAPH, 0, "graph", YUTU_VALUE_LIST, "IRI", NULL, "only this graph"},
    {LOAD, YUTU_OPT_FORMAT, 'f', "format", YUTU_VALUE_CHOICE, "turtle|trig|ntriples|nquads|rdfxml", NULL,
     "the format of the files, whatever their names; needed for standard input"},
    {LOAD, YUTU_OPT_GRAPH, 0, "graph", YUTU_VALUE_TEXT, "IRI", NULL,
     "the graph that triples go into; by default the default graph"},
    {QUERY, YUTU_OPT_PARSE_ONLY, 0, "parse-only", YUTU_VALUE_NONE, NULL, NULL, "check the syntax and stop"},
    {QUERY, YUTU_OPT_EXPLAIN, 0, "explain", YUTU_VALUE_NONE, NULL, NULL, "print the plan on standard error"},
    {QUERY, YUTU_OPT_TIMEOUT, 0, "timeout", YUTU_VALUE_NUMBER, "SECONDS", "60", "give up after this time; 0: never"},
    {QUERY, YUTU_OPT_LIMIT, 0, "limit", YUTU_VALUE_NUMBER, "N", NULL, "at most this many rows"},
    {CHECK, YUTU_OPT_SHAPES, 0, "shapes", YUTU_VALUE_TEXT, "FILE", NULL,
     "these shapes (SHACL, in Turtle) instead of the built-in ones"},
    {CHECK, YUTU_OPT_LIMIT, 0, "limit", YUTU_VALUE_NUMBER, "N", "100", "print at most this many violations; 0: all"},
    {LINKS, YUTU_OPT_LIMIT, 0, "limit", YUTU_VALUE_NUMBER, "N", "50", "at most this many rows; 0: all"},
    {SERVE, YUTU_OPT_PORT, 'p', "port", YUTU_VALUE_NUMBER, "N", "8080", "listen on this port; 0: on any free one"},
    {SERVE, YUTU_OPT_HOST, 0, "host", YUTU_VALUE_TEXT, "ADDRESS", "127.0.0.1",
     "listen on this address; 0.0.0.0 or :: for all, so that other machines can ask"},
    {SERVE, YUTU_OPT_CORS, 0, "cors", YUTU_VALUE_LIST, "ORIGIN", NULL,
     "let web pages of this origin (https://example.org) ask; * for all"},
    {SERVE, YUTU_OPT_JOBS, 'j', "jobs", YUTU_VALUE_NUMBER, "N", NULL,
     "answer with N threads; by default two for each processor, at least 4"},
    {SERVE, YUTU_OPT_CONNECTIONS, 0, "connections", YUTU_VALUE_NUMBER, "N", "256",
     "at most this many connections at once; others wait"},
    {SERVE, YUTU_OPT_TIMEOUT, 0, "timeout", YUTU_VALUE_NUMBER, "SECONDS", "60",
     "give up a request after this time; 0: never"},
    {SERVE, YUTU_OPT_LIMIT, 0, "limit", YUTU_VALUE_NUMBER, "N", "1000000", "refuse answers of more rows; 0: no bound"},
    {SERVE, YUTU_OPT_MEMORY, 0, "memory", YUTU_VALUE_SIZE, "SIZE", "512M",
     "give up a query beyond this much memory; 0: no bound"},
    {SERVE, YUTU_OPT_LOG, 0, "log", YUTU_VALUE_NONE, NULL, NULL, "print a line for each request on standard error"},
    {QUERY, YUTU_OPT_MEMORY, 0, "memory", YUTU_VALUE_SIZE, "SIZE", "1G",
     "give up beyond this much memory; 0: no bound"},
    {QUERY, YUTU_OPT_COLLATION, 0, "collation", YUTU_VALUE_TEXT, "LOCALE", NULL,
     "ORDER BY sorts text as this language does (zh: by pinyin), instead of by code point"},

    {HELP, YUTU_OPT_COMPLETION, 0, "completion", YUTU_VALUE_CHOICE, "bash", NULL, "print a completion script"},
    {HELP, YUTU_OPT_MAN, 0, "man", YUTU_VALUE_NONE, NULL, NULL, "print the manual page (roff)"},

    {BUILD | EXTRACT | LOAD, YUTU_OPT_QUIET, 'q', "quiet", YUTU_VALUE_NONE, NULL, NULL,
     "no progress and no summary; errors are printed all the same"},
    {ALL, YUTU_OPT_HELP, 'h', "help", YUTU_VALUE_NONE, NULL, NULL, "explain the command"},
    {ALL, YUTU_OPT_VERSION, 0, "version", YUTU_VALUE_NONE, NULL, NULL, "print the version"},
};

const size_t yutu_n_options = sizeof yutu_options / sizeof *yutu_options;

yutu_command_id yutu_command_find(const char *name) {
  unsigned i = 0;
  while (i < YUTU_CMD_COUNT && strcmp(yutu_commands[i].name, name) != 0)
    i++;
  return (yutu_command_id)i;
}
