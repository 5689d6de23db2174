using System.Collections.Frozen;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MoocPlatform.Courses.Features.Exporting;

/// <summary>What the platform itself adds to a course's folder.</summary>
internal static class PackageNames
{
    public const string Manifest = "manifest.json";
    public const string Attribution = "ATTRIBUTION.md";
    public const string Licence = "LICENCE.txt";

    public static readonly FrozenSet<string> All = new[] { Manifest, Attribution, Licence }.ToFrozenSet(StringComparer.Ordinal);
}

/// <summary>What a folder holds: how much of what, and each file with its bytes and hash, by name.</summary>
/// <param name="Edition"><c>whole</c>, or <c>open</c>: what everyone may read now.</param>
/// <param name="Files">All files but the manifest itself.</param>
/// <param name="LeftOut">Of an open edition: what is not in it. Null in a whole one.</param>
internal sealed record Manifest(
    int Format, string Course, string Edition, string Licence, ManifestCounts Counts, ManifestOmissions? LeftOut, IReadOnlyList<ManifestFile> Files)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        NewLine = "\n",
    };

    public string Write() => JsonSerializer.Serialize(this, Json) + "\n";

    /// <summary>Null: this is no manifest of ours.</summary>
    public static Manifest? Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<Manifest>(json, Json) is { Format: 1, Files: not null } manifest && manifest.Files.All(f => f is { Path: not null, Sha256: not null }) ? manifest : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

internal sealed record ManifestCounts(int Sections, int Lessons, int Quizzes, int Assets, long Bytes);

/// <param name="Quizzes">Left out because a quiz holds its right answers.</param>
/// <param name="Lessons">Left out because no run has released them yet.</param>
internal sealed record ManifestOmissions(int Quizzes, int Lessons);

/// <param name="Sha256">Lower-case hex.</param>
internal sealed record ManifestFile(string Path, long Bytes, string Sha256);
