{{- $pages := slice -}}
{{- range site.Sections }}{{ $topic := .Title }}{{ range .RegularPages -}}
{{- $pages = $pages | append (dict "url" .RelPermalink "question" .Params.question "summary" .Params.summary "topic" $topic "tags" .Params.tags "difficulty" .Params.difficulty "minutes" .ReadingTime "text" .Plain) -}}
{{- end }}{{ end -}}
searchIndex({{ $pages | jsonify (dict "noHTMLEscape" true) }})
