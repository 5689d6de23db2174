using MoocPlatform.Markup;

namespace MoocPlatform.Discussions.Domain;

/// <summary>
/// A picture in what somebody wrote, called <c>assets/name</c> there. Until a writing of theirs shows it, it is theirs alone; from then on it is
/// seen by whoever may read that writing.
/// </summary>
internal sealed class Picture
{
    /// <summary>Bytes. The page makes larger ones smaller before it sends them.</summary>
    public const int Largest = 600 * 1024;

    public const int MostADay = 40;

    /// <summary>Where they are had, without their names.</summary>
    public const string Folder = "/talk/pictures";

    private static readonly (string Type, string Ending, Func<ReadOnlySpan<byte>, bool> Is)[] Kinds =
    [
        ("image/png", ".png", b => b.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])),
        ("image/jpeg", ".jpg", b => b.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])),
        ("image/webp", ".webp", b => b.Length > 12 && b.StartsWith("RIFF"u8) && b[8..].StartsWith("WEBP"u8)),
        ("image/gif", ".gif", b => b.StartsWith("GIF87a"u8) || b.StartsWith("GIF89a"u8)),
    ];

    /// <summary>How the texts of a talk are rendered.</summary>
    public static readonly MarkupOptions Markup = new(MarkupFor.Post, Folder);

    public Guid Id { get; init; }

    public Guid RunId { get; init; }

    public Guid PersonId { get; init; }

    /// <summary>The writing that showed it first; null: none yet.</summary>
    public Guid? WritingId { get; init; }

    public string Type { get; init; } = "";

    public byte[] Bytes { get; init; } = [];

    public DateTimeOffset At { get; init; }

    /// <summary>As it is called in a text.</summary>
    public string Address => $"assets/{Id:N}{Kinds.First(k => k.Type == Type).Ending}";

    /// <summary>What the bytes are; null: no picture that is taken.</summary>
    public static string? TypeOf(ReadOnlySpan<byte> bytes)
    {
        foreach (var (type, _, isThis) in Kinds)
            if (isThis(bytes))
                return type;
        return null;
    }

    /// <summary>Which one is called so; null: none.</summary>
    public static Guid? IdOf(string name) => Guid.TryParseExact(Path.GetFileNameWithoutExtension(name), "N", out var id) ? id : null;
}
