using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MoocPlatform.Kernel;

/// <summary>
/// What a module keeps of one person: how they take it with them, and how it is forgotten. Every module that keeps anything of a person has
/// one; the process asks all of them. All of it may be asked again after a kill.
/// </summary>
public interface IPersonalData
{
    /// <summary>Folder of the module in the archive, lower case, such as <c>quizzes</c>.</summary>
    string Folder { get; }

    /// <summary>Puts everything the person wrote and all that is known about them into the archive. Nothing of others.</summary>
    Task Export(Guid personId, PersonalArchive archive, CancellationToken ct);

    /// <summary>Why the person cannot go yet, in the texts of the module; null: nothing is in the way.</summary>
    Task<Refused?> Obstacle(Guid personId, CancellationToken ct) => Task.FromResult<Refused?>(null);

    /// <summary>
    /// Forgets the person for good. What others need (posts, results that statistics are made of) stays without them: under
    /// <paramref name="nobody"/>, an id that belongs to nobody and says nothing of who it was.
    /// </summary>
    /// <param name="nobody">The same for all modules and all tries of one person.</param>
    Task Erase(Guid personId, Guid nobody, DateTimeOffset now, CancellationToken ct);
}

/// <summary>The archive that a person takes away: a ZIP with one folder a module.</summary>
public sealed class PersonalArchive(ZipArchive zip, string folder)
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // a file, never part of a page
    };

    /// <summary>Adds a file of JSON.</summary>
    /// <param name="name">Name in the module's folder.</param>
    public async Task Json<T>(string name, T value, CancellationToken ct)
    {
        await using var file = await Entry(name).OpenAsync(ct);
        await JsonSerializer.SerializeAsync(file, value, Readable, ct);
    }

    /// <summary>Adds a file of text.</summary>
    /// <param name="name">Name in the module's folder.</param>
    public async Task Text(string name, Func<TextWriter, Task> write, CancellationToken ct)
    {
        await using var file = await Entry(name).OpenAsync(ct);
        await using var writer = new StreamWriter(file, new UTF8Encoding(false));
        await write(writer);
    }

    private ZipArchiveEntry Entry(string name) => zip.CreateEntry(folder.Length == 0 ? name : $"{folder}/{name}");
}
