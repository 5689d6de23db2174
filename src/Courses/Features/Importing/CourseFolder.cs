using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;

namespace MoocPlatform.Courses.Features.Importing;

/// <summary>A course as it lies in a folder, read whole and checked, before anything of it is kept.</summary>
internal sealed partial class CourseFolder
{
    private const int LongestText = 200_000;
    private const int MostFiles = 2_000;
    private const long MostBytes = 200L << 20;

    private readonly string root;

    private CourseFolder(string root) => this.root = root;

    public CourseSettings? Settings { get; private set; }

    public List<SectionFolder> Sections { get; } = [];

    public List<AssetFile> Assets { get; } = [];

    public List<ImportProblem> Problems { get; } = [];

    public static CourseFolder Read(string folder)
    {
        var course = new CourseFolder(Path.GetFullPath(folder));
        if (!File.Exists(Path.Combine(course.root, "course.yaml")))
        {
            course.Note("course.yaml", 0, "The folder has no course.yaml.");
            return course;
        }

        if (!course.IsOfBearableSize())
            return course;
        if (course.Text("course.yaml") is { } yaml)
            course.Settings = CourseSettings.Read(yaml, (line, message) => course.Note("course.yaml", line, message));
        course.ReadSections();
        course.ReadAssets();
        return course;
    }

    public void Note(string file, int line, string message) => Problems.Add(new(file, line, message));

    private bool IsOfBearableSize()
    {
        var (files, bytes) = (0, 0L);
        foreach (var file in new DirectoryInfo(root).EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0, MaxRecursionDepth = 8 }))
        {
            (files, bytes) = (files + 1, bytes + file.Length);
            if (file.LinkTarget is not null || HasLinkAbove(file.Directory!))
                Note(Relative(file.FullName), 0, "A link to another place is not followed. Put the file itself here.");
        }

        if (files > MostFiles || bytes > MostBytes)
            Note("", 0, $"The folder holds {files} files of {bytes >> 20} MB together; {MostFiles} files and {MostBytes >> 20} MB are allowed.");
        return Problems.Count == 0;
    }

    private bool HasLinkAbove(DirectoryInfo folder) => folder.FullName.Length > root.Length && (folder.LinkTarget is not null || HasLinkAbove(folder.Parent!));

    private void ReadSections()
    {
        var folders = Numbered(Path.Combine(root, "sections"), Directory.EnumerateDirectories);
        var bySlug = folders.ToDictionary(f => f.Slug, StringComparer.Ordinal);
        foreach (var section in Settings?.Sections ?? [])
        {
            if (!bySlug.Remove(section.Slug, out var folder))
                Note("course.yaml", section.Line, $"There is no folder sections/NN-{section.Slug}.");
            else
                Sections.Add(new(section, ReadItems(folder.Path)));
        }

        foreach (var (_, path) in bySlug.Values.Where(_ => Settings is not null))
            Note(Relative(path), 0, "course.yaml has no section of this name.");

        var slugs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (slug, file, _) in Sections.SelectMany(s => s.Items))
        {
            if (!slugs.TryAdd(slug, file))
                Note(file, 0, $"“{slug}” is taken by {slugs[slug]}. Names are unique in the course.");
            if (Slug.IsReserved(slug))
                Note(file, 0, $"“{slug}” is the name of a page of every course. Choose another.");
        }
    }

    private List<(string Slug, string File, ItemFile Item)> ReadItems(string folder)
    {
        var items = new List<(string, string, ItemFile)>();
        foreach (var (slug, path) in Numbered(folder, Directory.EnumerateFiles))
        {
            var file = Relative(path);
            if (Text(file) is { } text && ItemFile.Read(text, (line, message) => Note(file, line, message)) is { } item)
                items.Add((slug, file, item));
        }

        return items;
    }

    // Order and name stand in the file's name: 03-finding-and-judging.
    private List<(string Slug, string Path)> Numbered(string folder, Func<string, IEnumerable<string>> list)
    {
        var found = new List<(int Number, string Slug, string Path)>();
        foreach (var path in Directory.Exists(folder) ? list(folder) : [])
        {
            var name = NumberedName().Match(Path.GetFileName(path));
            if (name.Success && Slug.IsWellFormed(name.Groups["slug"].Value))
                found.Add((int.Parse(name.Groups["number"].ValueSpan, CultureInfo.InvariantCulture), name.Groups["slug"].Value, path));
            else
                Note(Relative(path), 0, "Sections are folders NN-name, items files NN-name.md: two digits, then small letters, digits and hyphens.");
        }

        foreach (var twice in found.GroupBy(f => f.Slug, StringComparer.Ordinal).Where(g => g.Count() > 1))
            Note(Relative(twice.Last().Path), 0, $"“{twice.Key}” is there twice.");
        return [.. found.DistinctBy(f => f.Slug).OrderBy(f => f.Number).ThenBy(f => f.Slug, StringComparer.Ordinal).Select(f => (f.Slug, f.Path))];
    }

    private void ReadAssets()
    {
        var folder = Path.Combine(root, "assets");
        if (!Directory.Exists(folder))
            return;
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var name = Path.GetRelativePath(folder, path).Replace('\\', '/');
            if (AssetType.Of(name, path, out var why) is { } type)
                Assets.Add(new(name, path, type));
            else
                Note(Relative(path), 0, why);
        }
    }

    private string? Text(string file)
    {
        var bytes = File.ReadAllBytes(Path.Combine(root, file));
        if (bytes.Length > 4 * LongestText)
        {
            Note(file, 0, $"The text is longer than {LongestText} characters.");
            return null;
        }

        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            Note(file, 0, "The file is not UTF-8 text.");
            return null;
        }
    }

    private string Relative(string path) => Path.GetRelativePath(root, path).Replace('\\', '/');

    [GeneratedRegex(@"^(?<number>[0-9]{1,3})-(?<slug>[a-z0-9-]+)(\.md)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 100)]
    private static partial Regex NumberedName();
}

/// <summary>A section of course.yaml with the items of its folder.</summary>
internal sealed record SectionFolder(SectionSettings Settings, List<(string Slug, string File, ItemFile Item)> Items);

/// <summary>A file below assets/.</summary>
internal sealed record AssetFile(string Name, string Path, string ContentType);
