using System.Security.Cryptography;

namespace MoocPlatform.Courses.Features.Importing;

/// <summary>
/// The files of a course by their path from its folder, wherever the bytes lie: in that folder, or in temporary files of an archive, which are
/// taken away at the end.
/// </summary>
internal sealed class CourseFiles : IDisposable
{
    public const int MostFiles = 2_000;
    public const long MostBytes = 200L << 20;

    private readonly SortedDictionary<string, string> places = new(StringComparer.Ordinal);
    private string? temporary;
    private CourseFiles? replaced;

    /// <summary>Path below the folder, with slashes, and where its bytes are.</summary>
    public IReadOnlyDictionary<string, string> Places => places;

    /// <summary>The folder itself; null: it came as an archive.</summary>
    public string? Root { get; private init; }

    /// <summary>Files that are rewritten from others, which stay where they are until both are done with.</summary>
    public static CourseFiles InPlaceOf(CourseFiles others) => new() { temporary = Directory.CreateTempSubdirectory("mooc-import-").FullName, replaced = others };

    /// <summary>A folder or an archive. Whatever cannot be taken is noted, with its path.</summary>
    public static CourseFiles Of(string path, Action<string, FormattableString> problem)
    {
        if (!File.Exists(path))
            return OfFolder(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)), problem);
        var files = new CourseFiles { temporary = Directory.CreateTempSubdirectory("mooc-import-").FullName };
        try
        {
            using var bytes = File.OpenRead(path);
            CourseArchive.Unpack(bytes, files.temporary, files.places, problem);
            files.StepIntoTheOneFolder();
            return files;
        }
        catch
        {
            files.Dispose();
            throw;
        }
    }

    /// <summary>Adds a file: a text, or bytes that lie somewhere.</summary>
    public void Add(string path, string? text = null, string? place = null)
    {
        if (place is null)
        {
            place = Path.Combine(temporary!, places.Count.ToString("D4", System.Globalization.CultureInfo.InvariantCulture));
            File.WriteAllText(place, text);
        }

        places.Add(path, place);
    }

    /// <summary>SHA-256 of a file, lower-case hex.</summary>
    public string Hash(string path)
    {
        using var bytes = File.OpenRead(places[path]);
        return Convert.ToHexStringLower(SHA256.HashData(bytes));
    }

    public void Dispose()
    {
        if (temporary is not null)
            Directory.Delete(temporary, recursive: true);
        temporary = null;
        replaced?.Dispose();
    }

    private static CourseFiles OfFolder(string root, Action<string, FormattableString> problem)
    {
        var files = new CourseFiles { Root = root };
        if (!Directory.Exists(root))
            return files;
        var (count, bytes) = (0, 0L);
        foreach (var file in new DirectoryInfo(root).EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0, MaxRecursionDepth = 8 }))
        {
            var name = Path.GetRelativePath(root, file.FullName).Replace('\\', '/');
            if (name.StartsWith(".git/", StringComparison.Ordinal))
                continue; // a working copy: its history is no part of the course
            if (file.LinkTarget is not null || HasLinkAbove(file.Directory!, root))
            {
                problem(name, $"A link to another place is not followed. Put the file itself here.");
                continue;
            }

            (count, bytes) = (count + 1, bytes + file.Length);
            if (count > MostFiles || bytes > MostBytes)
            {
                problem("", $"The folder holds more than the {MostFiles} files and {MostBytes >> 20} MB that are taken.");
                break;
            }

            files.places.Add(name, file.FullName);
        }

        return files;
    }

    private static bool HasLinkAbove(DirectoryInfo folder, string root) => folder.FullName.Length > root.Length && (folder.LinkTarget is not null || HasLinkAbove(folder.Parent!, root));

    // Who packs a folder often packs it with its name.
    private void StepIntoTheOneFolder()
    {
        if (places.Count == 0 || places.ContainsKey("course.yaml"))
            return;
        var courses = places.Keys.Where(p => p.EndsWith("/course.yaml", StringComparison.Ordinal) || p.EndsWith("/config.yaml", StringComparison.Ordinal)).ToList();
        if (courses is not [var only] || only.Count(c => c == '/') != 1)
            return;
        var prefix = only[..(only.IndexOf('/', StringComparison.Ordinal) + 1)];
        var within = places.Where(p => p.Key.StartsWith(prefix, StringComparison.Ordinal)).ToList();
        if (within.Count + places.Keys.Count(p => p.StartsWith("__MACOSX/", StringComparison.Ordinal)) != places.Count)
            return;
        places.Clear();
        foreach (var (path, place) in within)
            places.Add(path[prefix.Length..], place);
    }
}
