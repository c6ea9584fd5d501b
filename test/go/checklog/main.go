// Checklog judges an exported journal with Go's own transparency-log library and nothing of ours:
//
//	GO111MODULE=off GOPATH=/usr/share/gocode go run main.go DIR
//
// DIR holds checkpoint, vkey, tile/… and tile/entries/… as `pasu journal export DIR` writes them. It checks the signature of the
// checkpoint, the hash of every entry through tiles that prove themselves against the root, and that the tree is consistent with
// smaller trees. It prints one line and exits with 0, or prints what is wrong and exits with 1.
package main

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Tiles of c2sp.org/tlog-tiles are eight levels high; the library then calls them tile/8/….
const tileHeight = 8
const tileWidth = 1 << tileHeight

// exported reads the tiles of a folder for the library.
type exported struct{ dir string }

func (e exported) Height() int { return tileHeight }

func (e exported) SaveTiles([]tlog.Tile, [][]byte) {}

func (e exported) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		path := "tile/" + strings.TrimPrefix(tile.Path(), "tile/8/")
		data, err := os.ReadFile(filepath.Join(e.dir, path))
		if err != nil {
			return nil, err
		}
		if len(data) != tile.W*tlog.HashSize {
			return nil, fmt.Errorf("%s has %d bytes, want %d", path, len(data), tile.W*tlog.HashSize)
		}
		all = append(all, data)
	}
	return all, nil
}

// openCheckpoint verifies the signed note and reads origin, size and root from its text.
func openCheckpoint(dir string) (tlog.Tree, error) {
	key, err := os.ReadFile(filepath.Join(dir, "vkey"))
	if err != nil {
		return tlog.Tree{}, err
	}
	verifier, err := note.NewVerifier(strings.TrimSpace(string(key)))
	if err != nil {
		return tlog.Tree{}, fmt.Errorf("vkey: %w", err)
	}
	signed, err := os.ReadFile(filepath.Join(dir, "checkpoint"))
	if err != nil {
		return tlog.Tree{}, err
	}
	opened, err := note.Open(signed, note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, fmt.Errorf("checkpoint: %w", err)
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() || lines[3] != "" {
		return tlog.Tree{}, fmt.Errorf("checkpoint: text is not origin, size, root: %q", opened.Text)
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, fmt.Errorf("checkpoint: %w", err)
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(root) != tlog.HashSize {
		return tlog.Tree{}, fmt.Errorf("checkpoint: bad root %q", lines[2])
	}
	tree := tlog.Tree{N: size}
	copy(tree.Hash[:], root)
	return tree, nil
}

// checkEntries hashes the entries of every bundle and compares each with its proven leaf hash. It returns the leaf hashes.
func checkEntries(dir string, tree tlog.Tree, hashes tlog.HashReader) ([]tlog.Hash, error) {
	var leaves []tlog.Hash
	for start := int64(0); start < tree.N; start += tileWidth {
		width := tree.N - start
		if width > tileWidth {
			width = tileWidth
		}
		// The library's own path for a tile gives the bundle's: both count the same way.
		tile := tlog.Tile{H: tileHeight, L: 0, N: start / tileWidth, W: int(width)}
		path := "tile/entries/" + strings.TrimPrefix(tile.Path(), "tile/8/0/")
		bundle, err := os.ReadFile(filepath.Join(dir, path))
		if err != nil {
			return nil, err
		}
		var indexes []int64
		first := len(leaves)
		for i := int64(0); i < width; i++ {
			if len(bundle) < 2 || len(bundle)-2 < int(binary.BigEndian.Uint16(bundle)) {
				return nil, fmt.Errorf("%s: cut short at entry %d", path, start+i)
			}
			end := 2 + int(binary.BigEndian.Uint16(bundle))
			leaves = append(leaves, tlog.RecordHash(bundle[2:end]))
			indexes = append(indexes, tlog.StoredHashIndex(0, start+i))
			bundle = bundle[end:]
		}
		if len(bundle) != 0 {
			return nil, fmt.Errorf("%s: %d bytes too many", path, len(bundle))
		}
		proven, err := hashes.ReadHashes(indexes)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		for i, want := range proven {
			if leaves[first+i] != want {
				return nil, fmt.Errorf("entry %d does not have the hash in the tree", start+int64(i))
			}
		}
	}
	return leaves, nil
}

// checkProofs has the library make and check proofs: of entries, and of consistency with smaller trees built from the entries alone.
func checkProofs(tree tlog.Tree, hashes tlog.HashReader, leaves []tlog.Hash) (int, error) {
	step := tree.N/50 + 1
	proofs := 0
	var stored []tlog.Hash
	storedReader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		var list []tlog.Hash
		for _, index := range indexes {
			list = append(list, stored[index])
		}
		return list, nil
	})
	for n := int64(0); n < tree.N; n++ {
		more, err := tlog.StoredHashesForRecordHash(n, leaves[n], storedReader)
		if err != nil {
			return proofs, err
		}
		stored = append(stored, more...)
		if n%step != 0 && n != tree.N-1 {
			continue
		}
		small, err := tlog.TreeHash(n+1, storedReader)
		if err != nil {
			return proofs, err
		}
		record, err := tlog.ProveRecord(tree.N, n, hashes)
		if err != nil {
			return proofs, err
		}
		if err := tlog.CheckRecord(record, tree.N, tree.Hash, n, leaves[n]); err != nil {
			return proofs, fmt.Errorf("inclusion of entry %d: %w", n, err)
		}
		growth, err := tlog.ProveTree(tree.N, n+1, hashes)
		if err != nil {
			return proofs, err
		}
		if err := tlog.CheckTree(growth, tree.N, tree.Hash, n+1, small); err != nil {
			return proofs, fmt.Errorf("consistency from size %d: %w", n+1, err)
		}
		proofs += 2
	}
	return proofs, nil
}

func run(dir string) error {
	tree, err := openCheckpoint(dir)
	if err != nil {
		return err
	}
	hashes := tlog.TileHashReader(tree, exported{dir})
	leaves, err := checkEntries(dir, tree, hashes)
	if err != nil {
		return err
	}
	proofs, err := checkProofs(tree, hashes, leaves)
	if err != nil {
		return err
	}
	fmt.Printf("ok: %d entries, %d proofs, root %s\n", tree.N, proofs, tree.Hash)
	return nil
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: checklog DIR")
		os.Exit(2)
	}
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "checklog:", err)
		os.Exit(1)
	}
}
