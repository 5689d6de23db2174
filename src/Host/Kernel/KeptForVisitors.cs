namespace MoocPlatform.Kernel;

/// <summary>
/// A page that is the same for all visitors of one language, theme and zone. The process keeps it for a second (setting
/// <c>Pages:KeptFor</c>), so that a rush of visitors costs one page a second. People who are signed in never get one of these; see <see cref="PageForMany"/> for theirs.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class KeptForVisitorsAttribute : Attribute
{
    /// <summary>Under this tag all kept pages are forgotten.</summary>
    public const string Tag = "pages";
}
