using System.Globalization;
using System.Text;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Features.Authoring;
using MoocPlatform.Courses.Features.Exporting;

namespace MoocPlatform.Courses.Features.Importing;

/// <summary>
/// A lesson of the Carpentries Workbench (carpentries.github.io/workbench: config.yaml, episodes/, learners/) rewritten as a course folder.
/// What is written differently is told, file by file; docs/course-format.md has the table.
/// </summary>
internal sealed class CarpentriesLesson
{
    private static readonly (string Folder, string Slug, string Title, string Summary)[] Parts =
        [("episodes/", "episodes", "Episodes", ""), ("learners/", "for-learners", "For learners", "Setting up, reference, where to go on")];

    private static readonly HashSet<string> Endings = new(StringComparer.Ordinal) { ".svg", ".png", ".jpg", ".webp", ".gif", ".pdf", ".csv", ".txt", ".zip" };

    private readonly CourseFiles from;
    private readonly CourseFiles to;
    private readonly List<ImportProblem> changed;
    private readonly Dictionary<string, string> slugs = new(StringComparer.Ordinal);
    private readonly HashSet<string> used = new(StringComparer.Ordinal) { "config.yaml", "index.md" };

    private CarpentriesLesson(CourseFiles from, List<ImportProblem> changed) => (this.from, this.changed, to) = (from, changed, CourseFiles.InPlaceOf(from));

    public static bool Is(CourseFiles files) =>
        !files.Places.ContainsKey("course.yaml") && files.Places.TryGetValue("config.yaml", out var config)
        && files.Places.Keys.Any(p => p.StartsWith("episodes/", StringComparison.Ordinal)) && Config(config)?.Has("carpentry") is true;

    /// <summary>The same lesson as a course folder. The old files go with the new ones.</summary>
    public static CourseFiles Rewrite(CourseFiles files, List<ImportProblem> changed)
    {
        var lesson = new CarpentriesLesson(files, changed);
        lesson.Write(Config(files.Places["config.yaml"])!);
        return lesson.to;
    }

    private static YamlFields? Config(string place) => new FileInfo(place).Length < 200_000 ? YamlFields.Of(File.ReadAllText(place), 0, (_, _) => { }) : null;

    private void Write(YamlFields config)
    {
        var title = config.Text("title", Course.LongestTitle, optional: true);
        var course = new Course
        {
            Title = title.Length > 0 ? title : "Lesson",
            Slug = Entered.SlugFrom(title, "lesson"),
            Language = config.Text("lang", 35, optional: true) is { Length: > 0 } language ? language : "en",
            Licence = LicenceOf(config),
        };
        if (config.Text("source", 300, optional: true) is { Length: > 0 } source)
        {
            course.Authors = [new("The Carpentries community", source)];
            Note("config.yaml", $"The author is named “The Carpentries community”, with the address of the source. Name the people in the course facts.");
        }

        foreach (var (folder, slug, name, summary) in Parts)
        {
            var files = Episodes(folder, config);
            foreach (var file in files)
                slugs[file] = Entered.Free(Entered.SlugFrom(Path.GetFileNameWithoutExtension(file).TrimStart([.. "0123456789-_"]), "lesson"), slugs.Values.ToHashSet(StringComparer.Ordinal));
            if (files.Count > 0)
                course.Sections.Add(new() { Slug = slug, Title = name, Summary = summary, Items = [.. files.Select(f => new Item { Slug = slugs[f], Markdown = f, Published = true })] });
        }

        if (from.Places.ContainsKey("index.md"))
            course.Description = Text("index.md", out _).Trim() is { Length: <= 20_000 } text ? text : "";
        foreach (var (place, section) in course.Sections.Index())
        {
            foreach (var (at, item) in section.Items.Index())
                Episode(item, string.Create(CultureInfo.InvariantCulture, $"sections/{place + 1:D2}-{section.Slug}/{at + 1:D2}-{item.Slug}.md"));
        }

        Assets();
        Note("config.yaml", $"The name in the address is “{course.Slug}”, made from the title.");
        to.Add("course.yaml", CourseYaml.Of(new CourseContent(course, course.Sections, [])));
        foreach (var (path, place) in from.Places.Where(p => !used.Contains(p.Key) && !to.Places.ContainsKey(p.Key)))
            to.Add(path, place: place); // so that it is told as left out
    }

    private string LicenceOf(YamlFields config)
    {
        var written = config.Text("license", 100, optional: true);
        var known = Licence.Find(written.Replace(' ', '-'));
        if (known is not null)
            return known.Spdx;
        Note("config.yaml", $"The licence “{written}” is not one that is known here: the course came as “all rights reserved”. Choose its licence in the course facts.");
        return "LicenseRef-All-Rights-Reserved";
    }

    // In the order of config.yaml, or of their names.
    private List<string> Episodes(string folder, YamlFields config)
    {
        var there = from.Places.Keys.Where(p => p.StartsWith(folder, StringComparison.Ordinal) && p.EndsWith(".md", StringComparison.Ordinal) && !p[folder.Length..].Contains('/', StringComparison.Ordinal)).ToList();
        var named = config.Lines(folder.TrimEnd('/'), 200).Select(n => folder + n).Where(there.Contains).Distinct().ToList();
        return named.Count > 0 ? named : there;
    }

    private void Episode(Item item, string path)
    {
        var file = item.Markdown;
        used.Add(file);
        var text = Text(file, out var settings);
        var title = settings?.Text("title", Course.LongestTitle, optional: true) is { Length: > 0 } given ? given : item.Slug;
        var minutes = (settings?.Whole("teaching", 0, 3000, 0) ?? 0) + (settings?.Whole("exercises", 0, 3000, 0) ?? 0);
        if (minutes > 0)
            Note(file, $"“teaching” and “exercises” became {minutes} minutes.");
        to.Add(path, $"---\ntitle: {YamlText.Line(title)}\nkind: lesson\nminutes: {(minutes > 0 ? minutes : 10).ToString(CultureInfo.InvariantCulture)}\n---\n{text}");
    }

    private string Text(string file, out YamlFields? settings)
    {
        settings = null;
        var text = ItemFile.LineFeeds(Encoding.UTF8.GetString(File.ReadAllBytes(from.Places[file])).TrimStart('\uFEFF'));
        var end = text.StartsWith("---\n", StringComparison.Ordinal) ? text.IndexOf("\n---\n", 3, StringComparison.Ordinal) : -1;
        if (end >= 0)
        {
            settings = YamlFields.Of(text[4..(end + 1)], 1, (_, _) => { });
            text = text[(end + 5)..];
        }

        return new CarpentriesMarkdown(link => Address(file, link), message => Note(file, message)).Rewrite(text);
    }

    // Where a link of an episode leads in the course. Null: it stays as it is.
    private string? Address(string file, string link)
    {
        var parts = link.Split('#', 2);
        if (parts[0].Length == 0 || parts[0].Contains(':', StringComparison.Ordinal))
            return null;
        var path = new Uri(new Uri("http://x/" + file), parts[0]).AbsolutePath[1..];
        if (slugs.TryGetValue(path, out var slug) || slugs.TryGetValue(Path.ChangeExtension(path, ".md"), out slug))
            return slug + (parts.Length > 1 ? "#" + parts[1] : "");
        if (!from.Places.ContainsKey(path))
            path = "episodes/" + parts[0]; // learners' pages show the episodes' pictures
        return from.Places.ContainsKey(path) && Endings.Contains(Path.GetExtension(path)) ? "assets/" + path[(path.IndexOf('/', StringComparison.Ordinal) + 1)..] : null;
    }

    private void Assets()
    {
        foreach (var (path, place) in from.Places)
        {
            var slash = path.IndexOf('/', StringComparison.Ordinal);
            var name = path[(slash + 1)..];
            if (slash < 0 || path[..(slash + 1)] is not ("episodes/" or "learners/") || !name.Contains('/', StringComparison.Ordinal) || !Endings.Contains(Path.GetExtension(path)) || to.Places.ContainsKey("assets/" + name))
                continue;
            used.Add(path);
            to.Add("assets/" + name, place: place);
        }
    }

    private void Note(string file, FormattableString message) => changed.Add(ImportProblem.Of(file, 0, message));
}
