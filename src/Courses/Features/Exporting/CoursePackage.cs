using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Persistence;

namespace MoocPlatform.Courses.Features.Exporting;

/// <summary>
/// A course as files, sorted by name. The same course gives the same bytes: names, order, times and the way of packing are fixed, and nothing in
/// it hangs on when or by whom it was written.
/// </summary>
internal sealed class CoursePackage
{
    private const int RegularFile = 0x81A4 << 16; // rw-r--r--

    private static readonly DateTimeOffset Moment = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero); // the first that ZIP knows
    private readonly AssetStore store;

    /// <param name="authors">Names for the attribution, at least one.</param>
    public CoursePackage(CourseContent content, IReadOnlyList<string> authors, string site, AssetStore store)
    {
        (this.store, Content) = (store, content);
        var texts = new List<(string Path, string Text)>
        {
            ("course.yaml", CourseYaml.Of(content)),
            (PackageNames.Attribution, Attribution.Text(content, authors, site)),
            (PackageNames.Licence, Attribution.Terms(content.Course)),
        };
        foreach (var (place, section) in content.Sections.Index())
        {
            foreach (var (at, item) in section.Items.Index())
                texts.Add((string.Create(CultureInfo.InvariantCulture, $"sections/{place + 1:D2}-{section.Slug}/{at + 1:D2}-{item.Slug}.md"), CourseYaml.Of(item)));
        }

        var files = texts.Select(t => PackageFile.Of(t.Path, t.Text)).Concat(content.Assets.Select(a => new PackageFile("assets/" + a.Name, a.Length, a.Hash, null))).ToList();
        Files = Sorted(files.Append(PackageFile.Of(PackageNames.Manifest, ManifestOf(Sorted(files)).Write())));
    }

    public CourseContent Content { get; }

    public IReadOnlyList<PackageFile> Files { get; }

    public ExportReport Report => new(
        Content.Course.Title, Content.Sections.Count, Count(ItemKind.Lesson), Count(ItemKind.Quiz), Content.Assets.Count, Files.Sum(f => f.Bytes));

    /// <summary>Writes a ZIP to a stream, file by file. What is packed already is stored, texts are deflated.</summary>
    public async Task Zip(Stream target, CancellationToken ct)
    {
        await using var zip = await ZipArchive.CreateAsync(target, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, ct);
        foreach (var file in Files)
        {
            var entry = zip.CreateEntry(file.Path, file.IsPackedAlready ? CompressionLevel.NoCompression : CompressionLevel.Optimal);
            (entry.LastWriteTime, entry.ExternalAttributes) = (Moment, RegularFile);
            await using var to = await entry.OpenAsync(ct);
            await Copy(file, to, ct);
        }
    }

    /// <summary>Writes the files into a folder that is not there yet or empty.</summary>
    public async Task Unpacked(string folder, CancellationToken ct)
    {
        foreach (var file in Files)
        {
            var path = Path.Combine(folder, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await using var to = new FileStream(path, FileMode.CreateNew);
            await Copy(file, to, ct);
        }
    }

    private async Task Copy(PackageFile file, Stream to, CancellationToken ct)
    {
        if (file.Text is { } text)
        {
            await to.WriteAsync(text, ct);
            return;
        }

        await using var from = store.Open(file.Sha256, file.Bytes);
        if (from.Length != file.Bytes)
            throw new InvalidDataException($"{file.Path} has {from.Length} bytes in the store and should have {file.Bytes}: restore the folder of the courses' files from a backup.");
        await from.CopyToAsync(to, ct);
    }

    private Manifest ManifestOf(IReadOnlyList<PackageFile> files) => new(
        1, Content.Course.Slug, Content.LeftOut is null ? "whole" : "open", Content.Course.Licence,
        new(Content.Sections.Count, Count(ItemKind.Lesson), Count(ItemKind.Quiz), Content.Assets.Count, files.Sum(f => f.Bytes)),
        Content.LeftOut, [.. files.Select(f => new ManifestFile(f.Path, f.Bytes, f.Sha256))]);

    private int Count(ItemKind kind) => Content.Sections.Sum(s => s.Items.Count(i => i.Kind == kind));

    private static List<PackageFile> Sorted(IEnumerable<PackageFile> files) => [.. files.OrderBy(f => f.Path, StringComparer.Ordinal)];
}

/// <summary>A file of a package.</summary>
/// <param name="Sha256">Lower-case hex.</param>
/// <param name="Text">Its bytes in UTF-8; null: they lie in the store under their hash.</param>
internal sealed record PackageFile(string Path, long Bytes, string Sha256, byte[]? Text)
{
    public bool IsPackedAlready => System.IO.Path.GetExtension(Path) is ".png" or ".jpg" or ".webp" or ".gif" or ".pdf" or ".zip" or ".mp3";

    public static PackageFile Of(string path, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return new(path, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes);
    }
}
