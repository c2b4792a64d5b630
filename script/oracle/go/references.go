// References of a Go module as the type checker of Go's own library sees them, to measure links against.
//
//	cd script/oracle/go && go run references.go MODULE_DIRECTORY >oracle.tsv
//
// A row for each use of something that the module defines outside of functions: use_file, line, column (from 0, in
// bytes), name, def_file, def_line, def_qualname, kind, member or name, enclosing; separated by tabs. Other modules are
// not needed: what comes from them has no row. Only files that belong to this system and build are looked at.
package main

import (
	"bufio"
	"fmt"
	"go/ast"
	"go/build"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"
)

type oracle struct {
	root, module string
	set          *token.FileSet
	standard     types.Importer
	packages     map[string]*types.Package
	files        map[string]*ast.File
	rows         map[string]bool
	errors       int
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: references MODULE_DIRECTORY")
		os.Exit(2)
	}
	root, err := filepath.Abs(os.Args[1])
	check(err)
	o := &oracle{root: root, module: modulePath(root), set: token.NewFileSet(), packages: map[string]*types.Package{},
		files: map[string]*ast.File{}, rows: map[string]bool{}}
	o.standard = importer.ForCompiler(o.set, "source", nil)
	check(filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return err
		}
		name := entry.Name()
		if path != root {
			if strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") || name == "testdata" || name == "vendor" {
				return filepath.SkipDir
			}
			if _, err := os.Stat(filepath.Join(path, "go.mod")); err == nil {
				return filepath.SkipDir
			}
		}
		o.directory(path)
		return nil
	}))
	var rows []string
	for row := range o.rows {
		rows = append(rows, row)
	}
	sort.Strings(rows)
	out := bufio.NewWriter(os.Stdout)
	for _, row := range rows {
		fmt.Fprintln(out, row)
	}
	check(out.Flush())
	fmt.Fprintf(os.Stderr, "%d files, %d rows, %d type errors\n", len(o.files), len(rows), o.errors)
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func modulePath(root string) string {
	text, err := os.ReadFile(filepath.Join(root, "go.mod"))
	check(err)
	for _, line := range strings.Split(string(text), "\n") {
		if words := strings.Fields(line); len(words) > 1 && words[0] == "module" {
			return strings.Trim(words[1], `"`)
		}
	}
	check(fmt.Errorf("%s/go.mod names no module", root))
	return ""
}

func (o *oracle) parse(directory string, names ...[]string) (files []*ast.File) {
	for _, list := range names {
		for _, name := range list {
			path := filepath.Join(directory, name)
			if o.files[path] == nil {
				file, err := parser.ParseFile(o.set, path, nil, parser.SkipObjectResolution)
				if err != nil {
					o.errors++
				}
				o.files[path] = file
			}
			files = append(files, o.files[path])
		}
	}
	return files
}

// Import checks packages of the module itself and asks the library for Go's own.
func (o *oracle) Import(path string) (*types.Package, error) {
	if known := o.packages[path]; known != nil {
		return known, nil
	}
	if path == o.module || strings.HasPrefix(path, o.module+"/") {
		directory := filepath.Join(o.root, strings.TrimPrefix(path, o.module))
		found, err := build.Default.ImportDir(directory, 0)
		if err != nil {
			return nil, err
		}
		o.packages[path] = o.check(path, o.parse(directory, found.GoFiles, found.CgoFiles))
		return o.packages[path], nil
	}
	if first := strings.SplitN(path, "/", 2)[0]; strings.Contains(first, ".") {
		return nil, fmt.Errorf("another module: %s", path)
	}
	return o.standard.Import(path)
}

func (o *oracle) directory(directory string) {
	found, err := build.Default.ImportDir(directory, 0)
	if err != nil {
		if _, none := err.(*build.NoGoError); !none || len(found.TestGoFiles)+len(found.XTestGoFiles) == 0 {
			return
		}
	}
	relative, err := filepath.Rel(o.root, directory)
	check(err)
	path := o.module
	if relative != "." {
		path += "/" + filepath.ToSlash(relative)
	}
	o.check(path, o.parse(directory, found.GoFiles, found.CgoFiles, found.TestGoFiles))
	if len(found.XTestGoFiles) > 0 {
		o.check(path+"_test", o.parse(directory, found.XTestGoFiles))
	}
}

func (o *oracle) check(path string, files []*ast.File) *types.Package {
	info := &types.Info{Uses: map[*ast.Ident]types.Object{}}
	config := types.Config{Importer: o, FakeImportC: true, Error: func(error) { o.errors++ }}
	checked, _ := config.Check(path, o.set, files, info)
	for _, file := range files {
		o.uses(file, info)
	}
	return checked
}

func (o *oracle) uses(file *ast.File, info *types.Info) {
	members := map[*ast.Ident]bool{}
	ast.Inspect(file, func(node ast.Node) bool {
		if selector, ok := node.(*ast.SelectorExpr); ok {
			members[selector.Sel] = true
		}
		return true
	})
	for _, declaration := range file.Decls {
		around := enclosing(declaration)
		ast.Inspect(declaration, func(node ast.Node) bool {
			if name, ok := node.(*ast.Ident); ok {
				if object := info.Uses[name]; object != nil {
					o.row(name, object, members[name], around)
				}
			}
			return true
		})
	}
}

func enclosing(declaration ast.Decl) string {
	function, ok := declaration.(*ast.FuncDecl)
	if !ok {
		return ""
	}
	if function.Recv == nil || len(function.Recv.List) == 0 {
		return function.Name.Name
	}
	of := function.Recv.List[0].Type
	for {
		switch t := of.(type) {
		case *ast.StarExpr:
			of = t.X
		case *ast.ParenExpr:
			of = t.X
		case *ast.IndexExpr:
			of = t.X
		case *ast.IndexListExpr:
			of = t.X
		case *ast.Ident:
			return t.Name + "." + function.Name.Name
		default:
			return function.Name.Name
		}
	}
}

func (o *oracle) row(name *ast.Ident, object types.Object, member bool, around string) {
	if object.Pkg() == nil || !object.Pos().IsValid() {
		return
	}
	kind, qualified := "", object.Name()
	switch thing := object.(type) {
	case *types.Func:
		kind = "function"
		if receiver := thing.Type().(*types.Signature).Recv(); receiver != nil {
			kind = "method"
			of := receiver.Type()
			if pointer, ok := of.(*types.Pointer); ok {
				of = pointer.Elem()
			}
			if named, ok := of.(*types.Named); ok {
				qualified = named.Obj().Name() + "." + qualified
			}
		}
	case *types.TypeName:
		kind = "type"
	case *types.Const:
		kind = "constant"
	case *types.Var:
		kind = "variable"
		if thing.IsField() {
			kind = "field"
		}
	default:
		return
	}
	local := kind != "method" && kind != "field" && object.Parent() != object.Pkg().Scope()
	if local {
		return
	}
	use, definition := o.set.Position(name.Pos()), o.set.Position(object.Pos())
	from, err := filepath.Rel(o.root, use.Filename)
	to, err2 := filepath.Rel(o.root, definition.Filename)
	if err != nil || err2 != nil || strings.HasPrefix(to, "..") {
		return
	}
	via := "name"
	if member {
		via = "member"
	}
	o.rows[fmt.Sprintf("%s\t%d\t%d\t%s\t%s\t%d\t%s\t%s\t%s\t%s", filepath.ToSlash(from), use.Line, use.Column-1,
		name.Name, filepath.ToSlash(to), definition.Line, qualified, kind, via, around)] = true
}
