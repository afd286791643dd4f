locals {
  node_groups = {
    system = merge(var.nodes["system"], { labels = {}, taints = [] })
    shop = merge(var.nodes["shop"], {
      labels = { app = var.project }
      taints = [{ key = "app", value = var.project, effect = "NO_SCHEDULE" }]
    })
  }
}

resource "aws_iam_role" "node" {
  name = "${local.name}-node"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "ec2.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy_attachment" "node" {
  for_each = toset(["AmazonEKSWorkerNodePolicy", "AmazonEKS_CNI_Policy", "AmazonEC2ContainerRegistryPullOnly"])

  role       = aws_iam_role.node.name
  policy_arn = "arn:${local.partition}:iam::aws:policy/${each.key}"
}

resource "aws_launch_template" "node" {
  for_each = local.node_groups

  name = "${local.name}-${each.key}"

  # One hop: pods cannot take the node's identity.
  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  block_device_mappings {
    device_name = "/dev/xvda"

    ebs {
      volume_type           = "gp3"
      volume_size           = each.value.disk_gib
      encrypted             = true
      delete_on_termination = true
    }
  }

  tag_specifications {
    resource_type = "instance"
    tags          = { Name = "${local.name}-${each.key}" }
  }
}

resource "aws_eks_node_group" "system" {
  cluster_name    = aws_eks_cluster.this.name
  node_group_name = "system"
  node_role_arn   = aws_iam_role.node.arn
  subnet_ids      = [for subnet in aws_subnet.private : subnet.id]
  ami_type        = "AL2023_x86_64_STANDARD"
  capacity_type   = local.node_groups.system.spot ? "SPOT" : "ON_DEMAND"
  instance_types  = local.node_groups.system.instance_types

  launch_template {
    id      = aws_launch_template.node["system"].id
    version = aws_launch_template.node["system"].latest_version
  }

  scaling_config {
    desired_size = local.node_groups.system.minimum
    min_size     = local.node_groups.system.minimum
    max_size     = local.node_groups.system.maximum
  }

  update_config {
    max_unavailable = 1
  }

  lifecycle {
    # The autoscaler's
    ignore_changes = [scaling_config[0].desired_size]
  }

  depends_on = [aws_iam_role_policy_attachment.node, aws_eks_addon.network]
}

resource "aws_eks_node_group" "shop" {
  cluster_name    = aws_eks_cluster.this.name
  node_group_name = var.project
  node_role_arn   = aws_iam_role.node.arn
  subnet_ids      = [for subnet in aws_subnet.private : subnet.id]
  ami_type        = "AL2023_x86_64_STANDARD"
  capacity_type   = local.node_groups.shop.spot ? "SPOT" : "ON_DEMAND"
  instance_types  = local.node_groups.shop.instance_types
  labels          = local.node_groups.shop.labels

  dynamic "taint" {
    for_each = local.node_groups.shop.taints

    content {
      key    = taint.value.key
      value  = taint.value.value
      effect = taint.value.effect
    }
  }

  launch_template {
    id      = aws_launch_template.node["shop"].id
    version = aws_launch_template.node["shop"].latest_version
  }

  scaling_config {
    desired_size = local.node_groups.shop.minimum
    min_size     = local.node_groups.shop.minimum
    max_size     = local.node_groups.shop.maximum
  }

  update_config {
    max_unavailable = 1
  }

  lifecycle {
    ignore_changes = [scaling_config[0].desired_size]
  }

  depends_on = [aws_iam_role_policy_attachment.node, aws_eks_addon.network]
}
