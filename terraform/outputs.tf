output "cluster_name" {
  description = "aws eks update-kubeconfig --name <this>"
  value       = aws_eks_cluster.this.name
}

output "registry" {
  description = "Host of the images; null where another environment has them"
  value       = var.delivery ? "${local.account}.dkr.ecr.${var.region}.amazonaws.com" : null
}

output "repositories" {
  description = "Repository of each image"
  value       = { for image, repository in aws_ecr_repository.this : image => repository.repository_url }
}

output "backup_bucket" {
  description = "Bucket that Velero writes to"
  value       = aws_s3_bucket.backups.bucket
}

output "container_log_group" {
  description = "Where Fluent Bit's CloudWatch output writes"
  value       = aws_cloudwatch_log_group.this["containers"].name
}

output "nat_addresses" {
  description = "Addresses the shop calls payment providers from"
  value       = [for address in aws_eip.nat : address.public_ip]
}

output "codebuild_project" {
  description = "Name of the delivery project; null where another environment has it"
  value       = var.delivery ? aws_codebuild_project.this[0].name : null
}
