using System.Reflection;
using System.Xml.Linq;
using MoocPlatform.Kernel;
using Xunit;

namespace MoocPlatform.Architecture.Tests;

/// <summary>Modules know each other through contracts only. References, complete: house rules in docs/decisions.</summary>
public sealed class BoundaryTests
{
    [Fact]
    public void Projects_refer_only_to_what_they_may_know() => Assert.Empty(Violations(References()));

    [Theory]
    [InlineData("Courses", "Quizzes")]
    [InlineData("Kernel", "Courses.Contracts")]
    [InlineData("Courses.Contracts", "Kernel")]
    [InlineData("Quizzes.Contracts", "Courses.Contracts")]
    [InlineData("Discussions", "Host")]
    public void A_reference_past_a_boundary_is_found(string from, string to) => Assert.Single(Violations([(from, to)]));

    [Fact]
    public void A_module_shows_nothing_but_its_door() => Assert.Empty(Modules().SelectMany(Shown));

    [Fact]
    public void A_public_type_in_a_module_is_found() => Assert.Contains(nameof(BoundaryTests), Shown(typeof(BoundaryTests).Assembly));

    private static IEnumerable<Assembly> Modules() => Repository.Modules.Select(m => Assembly.Load($"MoocPlatform.{m}"));

    // What the Razor compiler makes of pages is public by its own rule and cannot be named from other modules' code.
    private static IEnumerable<string> Shown(Assembly assembly) => assembly.GetExportedTypes()
        .Where(t => !typeof(IModule).IsAssignableFrom(t) && t.Namespace != "AspNetCoreGeneratedDocument")
        .Where(t => !typeof(Microsoft.AspNetCore.Mvc.Razor.RazorPageBase).IsAssignableFrom(t))
        .Where(t => !typeof(Microsoft.AspNetCore.Mvc.ViewComponent).IsAssignableFrom(t)) // found by the framework only when public
        .Select(t => t.Name);

    private static IEnumerable<(string From, string To)> References() =>
        from file in Repository.Files("src", ".csproj")
        let source = Path.GetFileNameWithoutExtension(file.Path)
        from reference in XDocument.Parse(file.Text).Descendants("ProjectReference")
        select (source, Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));

    private static IEnumerable<string> Violations(IEnumerable<(string From, string To)> references) =>
        references.Where(r => !Allowed(r.From, r.To)).Select(r => $"{r.From} refers to {r.To}");

    private static bool Allowed(string from, string to) => from switch
    {
        "Host" => true,
        "Kernel" => to == "Markup",
        "Markup" => false,
        _ when from.EndsWith(".Contracts", StringComparison.Ordinal) => false,
        _ => to == "Kernel" || to.EndsWith(".Contracts", StringComparison.Ordinal),
    };
}
