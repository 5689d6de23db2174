namespace MoocPlatform.Discussions.Features.Shared;

/// <summary>A field to write a post in.</summary>
/// <param name="Pictures">Where pictures for it are sent.</param>
/// <param name="People">Whom the text can name.</param>
/// <param name="Refused">Whether it stands beside a refusal.</param>
internal sealed record ComposerView(string Id, string Label, string? Text, string DraftKey, string Pictures, IReadOnlyList<Kernel.Person> People, int Rows = 6, bool Refused = false);
