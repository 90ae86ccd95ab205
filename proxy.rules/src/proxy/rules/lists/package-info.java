/**
 * Named lists. A {@link proxy.rules.lists.FileList} reads a CSV file into a {@link proxy.rules.lists.ListContent} made for
 * fast questions (strings and numbers are hashed, networks are sorted ranges) and puts it into the list's
 * {@link proxy.rules.lists.ListSlot}, from which compiled expressions take it at each evaluation: a new file is in force
 * without compiling anything again. A bad file changes nothing but is reported.
 */
package proxy.rules.lists;
