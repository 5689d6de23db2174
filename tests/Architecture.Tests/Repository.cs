using System.Reflection;

namespace MoocPlatform.Architecture.Tests;

/// <summary>The source as it lies in the working copy.</summary>
internal static class Repository
{
    public static readonly string[] Modules = ["Courses", "Enrollment", "Quizzes", "Discussions"];

    public static readonly string Root = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "RepositoryRoot").Value!;

    /// <summary>Files below a folder of the repository by their endings, without what a build made.</summary>
    public static IEnumerable<(string Path, string Text)> Files(string folder, params string[] endings) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Root, f).Replace('\\', '/'))
            .Where(f => endings.Any(e => f.EndsWith(e, StringComparison.Ordinal)))
            .Where(f => !f.Split('/').Any(part => part is "bin" or "obj" or "node_modules" or "dist"))
            .Select(f => (f, File.ReadAllText(Path.Combine(Root, f))));
}
