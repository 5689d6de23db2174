namespace MoocPlatform.Discussions.Features.Shared;

/// <summary>A field to write a post in.</summary>
/// <param name="Refused">Whether it stands beside a refusal.</param>
internal sealed record ComposerView(string Id, string Label, string? Text, string DraftKey, int Rows = 6, bool Refused = false);
