using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Features.Authoring;
using MoocPlatform.Courses.Features.Importing;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Assets;

/// <summary>A file as it comes from a form.</summary>
/// <param name="Name">As it is called on the device of who brings it.</param>
/// <param name="Bytes">Can be read again from the start.</param>
internal sealed record Brought(string Name, Stream Bytes)
{
    private const string Longest = "jpeg";

    /// <summary>With its dot, small letters; a .jpeg is a .jpg.</summary>
    public string Ending => System.IO.Path.GetExtension(Name).ToLowerInvariant() is var ending && ending == "." + Longest ? ".jpg" : ending;

    /// <summary>What the file is, by its ending and its bytes; refused when the two differ, or when it is too large.</summary>
    public string ContentType()
    {
        if (!AssetType.Endings.Contains(Ending))
            throw Refusals.FileOfOtherKind(Shown, string.Join(' ', AssetType.Endings.Select(e => e[1..])));
        if (Bytes.Length > AssetType.LongestFile)
            throw Refusals.FileTooHeavy(Shown, (Bytes.Length + (1 << 20) - 1) >> 20, AssetType.LongestFile >> 20);
        return AssetType.Of("a" + Ending, Bytes, out _) ?? throw Refusals.FileNotWhatItSays(Shown, Ending[1..]);
    }

    /// <summary>A name for the course: letters without accents, digits and hyphens.</summary>
    public string Stem => Entered.SlugFrom(System.IO.Path.GetFileNameWithoutExtension(Name), "file");

    private string Shown => Name.Length <= 80 ? Name : Name[..79] + "…";
}

/// <summary>
/// Takes a file into a course. The same bytes under the same name are taken once: who sends twice hears of the one that is there.
/// Answers its path below <c>assets/</c>.
/// </summary>
internal sealed record BringFile(Guid CourseId, Writer By, Brought File, AssetFacts Facts) : IRequest<Asset>;

internal sealed class BringFileHandler(CoursesDb db, AssetStore store, TimeProvider clock) : IRequestHandler<BringFile, Asset>
{
    /// <summary>What an export of the course can hold beside its texts, so that it can be imported again.</summary>
    public const long MostBytes = CourseFiles.MostBytes - (20L << 20);

    public const int MostFiles = CourseFiles.MostFiles / 2;

    public async Task<Asset> Handle(BringFile command, CancellationToken ct)
    {
        var (file, key) = (command.File, clock.NewKey());
        var type = file.ContentType();
        var (hash, length) = await store.Put(file.Bytes, ct);
        return await db.Change(command.CourseId, command.By, clock, async (course, _) =>
        {
            var there = await db.Assets.Where(a => a.CourseId == course.Id).ToDictionaryAsync(a => a.Name, StringComparer.Ordinal, ct);
            for (var n = 1; ; n++)
            {
                var name = n == 1 ? file.Stem + file.Ending : $"{file.Stem}-{n}{file.Ending}";
                if (there.GetValueOrDefault(name) is { } same)
                {
                    if (same.Hash == hash)
                        return same;
                    continue;
                }

                if (there.Count >= MostFiles)
                    throw Refusals.TooManyFiles(MostFiles);
                if (there.Values.Sum(a => a.Length) + length > MostBytes)
                    throw Refusals.CourseTooHeavy(MostBytes >> 20);
                var asset = new Asset { Id = key, CourseId = course.Id, Name = name, ContentType = type, Length = length, Hash = hash, Facts = command.Facts };
                db.Add(asset);
                return asset;
            }
        }, ct);
    }
}

/// <summary>What is typed about a file, made into what is kept.</summary>
internal static class TypedFacts
{
    /// <param name="licence">SPDX; empty: as the course.</param>
    public static AssetFacts Of(string? alt, string? licence, string? author, string? source) => new(
        Entered.Line(alt, "Alt", AssetFacts.LongestAlt, optional: true),
        licence is null or "" ? "" : Licence.OfParts.FirstOrDefault(l => l.Spdx == licence)?.Spdx ?? throw Refusals.NotOffered("Licence"),
        Entered.Line(author, "Author", AssetFacts.LongestAuthor, optional: true),
        Entered.Line(source, "Source", AssetFacts.LongestSource, optional: true));
}
