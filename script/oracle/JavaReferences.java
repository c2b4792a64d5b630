// References of Java sources as the compiler resolves them, to measure links against.
//
//   java script/oracle/JavaReferences.java ROOT [SOURCE_DIRECTORY]... >oracle.tsv
//
// The source directories are relative to ROOT (default: all of it) and are compiled together, without running annotation
// processors and without writing classes. Libraries that are missing cost the rows that need them, no more.
// A row for each use of something that these sources define outside of methods: use_file, line, column (from 0), name,
// def_file, def_line, def_qualname, kind, member or name, enclosing; separated by tabs.
import com.sun.source.tree.*;
import com.sun.source.util.*;
import java.io.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.util.*;
import java.util.stream.*;
import javax.lang.model.element.*;
import javax.tools.*;

public class JavaReferences {
  private final Path root;
  private final Trees trees;
  private final SortedSet<String> rows = new TreeSet<>();

  private JavaReferences(Path root, Trees trees) {
    this.root = root;
    this.trees = trees;
  }

  public static void main(String[] arguments) throws IOException {
    if (arguments.length == 0) {
      System.err.println("usage: JavaReferences ROOT [SOURCE_DIRECTORY]...");
      System.exit(2);
    }
    Path root = Path.of(arguments[0]).toRealPath();
    List<Path> sources = new ArrayList<>();
    List<String> directories = arguments.length == 1 ? List.of("") : List.of(arguments).subList(1, arguments.length);
    for (String directory : directories)
      try (Stream<Path> all = Files.walk(root.resolve(directory))) {
        all.filter(p -> p.toString().endsWith(".java") && !p.endsWith("module-info.java")).sorted().forEach(sources::add);
      }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8);
    int[] errors = {0};
    JavacTask task = (JavacTask) compiler.getTask(new PrintWriter(Writer.nullWriter()), files,
        d -> errors[0] += d.getKind() == Diagnostic.Kind.ERROR ? 1 : 0,
        List.of("-proc:none", "-implicit:none", "-XDshould-stop.ifError=FLOW", "-Xmaxerrs", "1000000"), null,
        files.getJavaFileObjectsFromPaths(sources));
    JavaReferences references = new JavaReferences(root, Trees.instance(task));
    List<CompilationUnitTree> units = new ArrayList<>();
    task.parse().forEach(units::add);
    task.analyze();
    for (CompilationUnitTree unit : units) references.new Reader(unit).scan(unit, null);
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    references.rows.forEach(row -> out.print(row + "\n"));
    out.flush();
    System.err.println(units.size() + " files, " + references.rows.size() + " rows, " + errors[0] + " errors");
  }

  private String relative(CompilationUnitTree unit) {
    return root.relativize(Path.of(unit.getSourceFile().toUri())).toString().replace(File.separatorChar, '/');
  }

  private static String qualified(Element element) {
    Deque<String> parts = new ArrayDeque<>();
    for (Element e = element; e != null && e.getKind() != ElementKind.PACKAGE; e = e.getEnclosingElement())
      parts.push(e.getKind() == ElementKind.CONSTRUCTOR ? e.getEnclosingElement().getSimpleName().toString()
                                                       : e.getSimpleName().toString());
    return String.join(".", parts);
  }

  private static boolean local(Element element) {
    switch (element.getKind()) {
      case CLASS: case INTERFACE: case ENUM: case ANNOTATION_TYPE: case RECORD: case METHOD: case CONSTRUCTOR:
      case FIELD: case ENUM_CONSTANT:
        break;
      default:
        return true;
    }
    for (Element e = element.getEnclosingElement(); e != null; e = e.getEnclosingElement())
      if (e.getKind() == ElementKind.METHOD || e.getKind() == ElementKind.CONSTRUCTOR) return true;
    return false;
  }

  private final class Reader extends TreePathScanner<Void, Void> {
    private final CompilationUnitTree unit;
    private final CharSequence text;

    Reader(CompilationUnitTree unit) throws IOException {
      this.unit = unit;
      this.text = unit.getSourceFile().getCharContent(true);
    }

    @Override public Void visitIdentifier(IdentifierTree node, Void nothing) {
      add(node, node.getName().toString(), false);
      return super.visitIdentifier(node, nothing);
    }

    @Override public Void visitMemberSelect(MemberSelectTree node, Void nothing) {
      add(node, node.getIdentifier().toString(), true);
      return super.visitMemberSelect(node, nothing);
    }

    @Override public Void visitMemberReference(MemberReferenceTree node, Void nothing) {
      add(node, node.getName().toString(), true);
      return super.visitMemberReference(node, nothing);
    }

    private void add(Tree node, String name, boolean member) {
      Element element = trees.getElement(getCurrentPath());
      if (element == null || name.equals("this") || name.equals("super") || name.equals("class") || local(element)) return;
      TreePath definition = trees.getPath(element);
      if (definition == null) return;
      SourcePositions positions = trees.getSourcePositions();
      long begin = positions.getStartPosition(unit, node), end = positions.getEndPosition(unit, node);
      if (begin < 0 || end < 0) return;  // made by the compiler
      long at = member ? lastWord(name, (int) begin, (int) end) : begin;
      if (at < 0 || at + name.length() > text.length() || !name.contentEquals(text.subSequence((int) at, (int) at + name.length())))
        return;
      CompilationUnitTree other = definition.getCompilationUnit();
      long place = positions.getStartPosition(other, definition.getLeaf());
      rows.add(String.join("\t", relative(unit), Long.toString(unit.getLineMap().getLineNumber(at)),
          Long.toString(unit.getLineMap().getColumnNumber(at) - 1), name, relative(other),
          Long.toString(other.getLineMap().getLineNumber(Math.max(place, 0))), qualified(element),
          element.getKind().toString().toLowerCase(Locale.ROOT), member ? "member" : "name", enclosing()));
    }

    private long lastWord(String name, int begin, int end) {
      return text.subSequence(begin, Math.min(end, text.length())).toString().lastIndexOf(name) + (long) begin;
    }

    private String enclosing() {
      for (TreePath path = getCurrentPath().getParentPath(); path != null; path = path.getParentPath()) {
        Tree.Kind kind = path.getLeaf().getKind();
        if (kind != Tree.Kind.METHOD && kind != Tree.Kind.CLASS && kind != Tree.Kind.INTERFACE && kind != Tree.Kind.ENUM)
          continue;
        Element element = trees.getElement(path);
        if (element != null && !local(element)) return qualified(element);
      }
      return "";
    }
  }
}
