using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Features.Exporting;

namespace MoocPlatform.Courses.Features.Importing;

/// <summary>A course as it lies in a folder or an archive, read whole and checked, before anything of it is kept.</summary>
internal sealed partial class CourseFolder : IDisposable
{
    private const int LongestText = 1_000_000;
    private const string SectionsFolder = "sections/";
    private const string AssetsFolder = "assets/";

    private readonly HashSet<string> taken = new(StringComparer.Ordinal) { "course.yaml" };
    private CourseFiles files = null!;

    public CourseSettings? Settings { get; private set; }

    public List<SectionFolder> Sections { get; } = [];

    public List<AssetFile> Assets { get; } = [];

    public List<ImportProblem> Problems { get; } = [];

    /// <summary>What should be mended and does not stop the import.</summary>
    public List<ImportProblem> Advice { get; } = [];

    /// <summary>What was written differently, when the folder is of another platform.</summary>
    public List<ImportProblem> Changed { get; } = [];

    /// <summary>Quizzes whose text has mistakes: only drafts may.</summary>
    public HashSet<string> Mistaken { get; } = new(StringComparer.Ordinal);

    /// <summary>Files that are no part of a course.</summary>
    public IEnumerable<string> LeftOut => files.Places.Keys.Where(p => !taken.Contains(p) && !PackageNames.All.Contains(p));

    public IEnumerable<(string Slug, string File, ItemFile Item)> Items => Sections.SelectMany(s => s.Items);

    /// <param name="path">Of a folder or a ZIP.</param>
    public static CourseFolder Read(string path)
    {
        var course = new CourseFolder();
        course.files = CourseFiles.Of(path, (file, message) => course.Note(file, 0, message));
        if (course.Problems.Count > 0)
            return course;
        if (CarpentriesLesson.Is(course.files))
            course.files = CarpentriesLesson.Rewrite(course.files, course.Changed);
        if (!course.files.Places.ContainsKey("course.yaml"))
        {
            course.Note("course.yaml", 0, $"The folder has no course.yaml.");
            return course;
        }

        if (course.Text("course.yaml") is { } yaml)
            course.Settings = CourseSettings.Read(yaml, (line, message) => course.Note("course.yaml", line, message));
        course.ReadSections();
        course.ReadAssets();
        course.Compare();
        return course;
    }

    public void Note(string file, int line, FormattableString message) => Problems.Add(ImportProblem.Of(file, line, message));

    public void Advise(string file, int line, FormattableString message) => Advice.Add(ImportProblem.Of(file, line, message));

    public void Dispose() => files.Dispose();

    private void ReadSections()
    {
        var inSections = files.Places.Keys.Where(p => p.StartsWith(SectionsFolder, StringComparison.Ordinal)).Select(p => p.Split('/')).ToList();
        var folders = Numbered(SectionsFolder, inSections.Where(p => p.Length > 2).Select(p => p[1]).Distinct(StringComparer.Ordinal));
        foreach (var empty in EmptyFolders().Where(f => folders.All(known => known.Name != f)))
            folders.AddRange(Numbered(SectionsFolder, [empty]));
        var bySlug = folders.DistinctBy(f => f.Slug).ToDictionary(f => f.Slug, StringComparer.Ordinal);
        var missing = new List<SectionSettings>();
        foreach (var section in Settings?.Sections ?? [])
        {
            if (!bySlug.Remove(section.Slug, out var folder))
                missing.Add(section);
            Sections.Add(new(section, folder.Name is null ? [] : ReadItems($"{SectionsFolder}{folder.Name}/")));
        }

        if (Settings is not null && bySlug.Count > 0)
        {
            // Without a folder a section is empty; beside a folder without a section it is a slip of the pen.
            foreach (var section in missing)
                Note("course.yaml", section.Line, $"There is no folder sections/NN-{section.Slug}.");
            foreach (var (_, name) in bySlug.Values)
                Note(SectionsFolder + name, 0, $"course.yaml has no section of this name.");
        }

        var slugs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (slug, file, _) in Items)
        {
            if (!slugs.TryAdd(slug, file))
                Note(file, 0, $"“{slug}” is taken by {slugs[slug]}. Names are unique in the course.");
            if (Slug.IsReserved(slug))
                Note(file, 0, $"“{slug}” is the name of a page of every course. Choose another.");
        }

        foreach (var draft in Settings?.Drafts.Where(d => !slugs.ContainsKey(d.Slug)) ?? [])
            Note("course.yaml", draft.Line, $"There is no item {draft.Slug}.");
        foreach (var quiz in Settings?.Grading?.Quizzes.Where(q => Items.All(i => i.Slug != q || i.Item.Kind != ItemKind.Quiz)) ?? [])
            Note("course.yaml", Settings!.Grading!.Line, $"The grading names the quiz {quiz}, and there is none.");
    }

    private IEnumerable<string> EmptyFolders() => files.Root is { } root && Directory.Exists(Path.Combine(root, "sections"))
        ? Directory.EnumerateDirectories(Path.Combine(root, "sections")).Select(d => Path.GetFileName(d)!)
        : [];

    private List<(string Slug, string File, ItemFile Item)> ReadItems(string folder)
    {
        var drafts = Settings?.Drafts.DistinctBy(d => d.Slug).ToDictionary(d => d.Slug, StringComparer.Ordinal) ?? [];
        var items = new List<(string, string, ItemFile)>();
        var names = files.Places.Keys.Where(p => p.StartsWith(folder, StringComparison.Ordinal)).Select(p => p[folder.Length..]).Where(n => !n.Contains('/', StringComparison.Ordinal));
        foreach (var (slug, name) in Numbered(folder, names))
        {
            var file = folder + name;
            taken.Add(file);
            if (Text(file) is not { } text)
                continue;
            var draft = drafts.GetValueOrDefault(slug);
            if (draft?.Unfinished is { } unfinished)
                items.Add((slug, file, unfinished with { Markdown = text, Published = false, Unfinished = true }));
            else if (ItemFile.Read(text, (line, message) => Note(file, line, message)) is { } item)
                items.Add((slug, file, item with { Published = draft is null }));
        }

        return items;
    }

    // Order and name stand in the file's name: 03-finding-and-judging.
    private List<(string Slug, string Name)> Numbered(string folder, IEnumerable<string> names)
    {
        var found = new List<(int Number, string Slug, string Name)>();
        foreach (var name in names)
        {
            var parts = NumberedName().Match(name);
            if (parts.Success && Slug.IsWellFormed(parts.Groups["slug"].Value))
                found.Add((int.Parse(parts.Groups["number"].ValueSpan, CultureInfo.InvariantCulture), parts.Groups["slug"].Value, name));
            else
                Note(folder + name, 0, $"Sections are folders NN-name, items files NN-name.md: two digits, then small letters, digits and hyphens.");
        }

        foreach (var twice in found.GroupBy(f => f.Slug, StringComparer.Ordinal).Where(g => g.Count() > 1))
            Note(folder + twice.Last().Name, 0, $"“{twice.Key}” is there twice.");
        return [.. found.DistinctBy(f => f.Slug).OrderBy(f => f.Number).ThenBy(f => f.Slug, StringComparer.Ordinal).Select(f => (f.Slug, f.Name))];
    }

    private void ReadAssets()
    {
        var facts = (Settings?.Files ?? []).DistinctBy(f => f.Name).ToDictionary(f => f.Name, StringComparer.Ordinal);
        foreach (var (path, place) in files.Places.Where(p => p.Key.StartsWith(AssetsFolder, StringComparison.Ordinal)))
        {
            var name = path[AssetsFolder.Length..];
            taken.Add(path);
            if (AssetType.Of(name, place, out var why) is { } type)
                Assets.Add(new(name, place, type) { Facts = facts.Remove(name, out var said) ? said.Facts : AssetFacts.None });
            else
                Note(path, 0, why);
        }

        foreach (var (name, file) in facts)
            Advise("course.yaml", file.Line, $"There is no file {AssetsFolder + name}.");
    }

    // A folder is there to be edited: what differs from its manifest is worth a word, not a refusal.
    private void Compare()
    {
        if (!files.Places.ContainsKey(PackageNames.Manifest) || Text(PackageNames.Manifest) is not { } json || Manifest.Read(json) is not { } manifest)
            return;
        foreach (var file in manifest.Files)
        {
            if (!files.Places.ContainsKey(file.Path))
                Advise(file.Path, 0, $"The manifest names this file, and it is not here.");
            else if (files.Hash(file.Path) != file.Sha256)
                Advise(file.Path, 0, $"The file was changed since the manifest was written.");
        }
    }

    private string? Text(string file)
    {
        if (new FileInfo(files.Places[file]).Length > 4 * LongestText)
        {
            Note(file, 0, $"The text is longer than {LongestText} characters.");
            return null;
        }

        try
        {
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(File.ReadAllBytes(files.Places[file]));
            if (ItemFile.CanBeKept(text))
                return text;
        }
        catch (DecoderFallbackException)
        {
            // Told below.
        }

        Note(file, 0, $"The file is not UTF-8 text.");
        return null;
    }

    [GeneratedRegex(@"^(?<number>[0-9]{1,4})-(?<slug>[a-z0-9-]+)(\.md)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 100)]
    private static partial Regex NumberedName();
}

/// <summary>A section of course.yaml with the items of its folder.</summary>
internal sealed record SectionFolder(SectionSettings Settings, List<(string Slug, string File, ItemFile Item)> Items);

/// <summary>A file below assets/.</summary>
internal sealed record AssetFile(string Name, string Path, string ContentType)
{
    public AssetFacts Facts { get; init; } = AssetFacts.None;
}
