namespace MoocPlatform.Host.Accounts;

/// <summary>The colour of a person's circle: chosen by the id, so that it stays.</summary>
internal static class Hues
{
    private static readonly string[] All = ["sea", "leaf", "clay", "plum", "sky", "sand"];

    public static string Of(Guid id) => All[id.ToByteArray()[15] % All.Length];
}
